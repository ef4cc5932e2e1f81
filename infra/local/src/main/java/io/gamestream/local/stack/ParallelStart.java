package io.gamestream.local.stack;

import io.gamestream.local.process.ParallelClose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts things side by side; when one fails, those that have started are closed again. */
final class ParallelStart {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final StartListener listener;
    private final List<Future<?>> pending = new ArrayList<>();
    private final Queue<AutoCloseable> started = new ConcurrentLinkedQueue<>();

    ParallelStart(StartListener listener) {
        this.listener = listener;
    }

    <T extends AutoCloseable> Future<T> submit(String what, Callable<T> start) {
        Future<T> future = threads.submit(() -> {
            long begin = System.nanoTime();
            T one = start.call();
            started.add(one);
            listener.ready(what, Duration.ofNanos(System.nanoTime() - begin));
            return one;
        });
        pending.add(future);
        return future;
    }

    /** @throws StackException the first failure, after everything that had started was closed */
    void await() {
        StackException failure = null;
        for (Future<?> one : pending) {
            try {
                one.get();
            } catch (ExecutionException e) {
                failure = failure == null ? asStackException(e) : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = failure == null ? new StackException("interrupted while starting", e) : failure;
            }
        }
        threads.shutdown();
        if (failure != null) {
            ParallelClose.closeAll(List.copyOf(started));
            throw failure;
        }
    }

    private static StackException asStackException(ExecutionException e) {
        return e.getCause() instanceof StackException known
                ? known
                : new StackException("the stack did not start: " + e.getCause(), e);
    }
}
