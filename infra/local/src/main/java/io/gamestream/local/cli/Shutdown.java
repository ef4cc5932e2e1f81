package io.gamestream.local.cli;

import io.gamestream.local.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Stops what a run has started, last first, whether it ends by itself, fails or gets a signal. The main thread does the
 * work in each case; on a signal the JVM waits for it.
 */
final class Shutdown {

    /** A start that hangs, or a part that does not stop, doesn't keep the user's terminal for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** Less: most of what is left to do can't succeed. */
    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(10);

    private static final long LOOK_EVERY_MS = 100;

    private final Console console;
    private final Duration patienceAfterFailure;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable String failure;

    /** Unwinds a start that a signal has overtaken. */
    static final class Requested extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    Shutdown(Console console) {
        this(console, PATIENCE_AFTER_FAILURE);
    }

    Shutdown(Console console, Duration patienceAfterFailure) {
        this.console = console;
        this.patienceAfterFailure = patienceAfterFailure;
    }

    /** From now on signals lead to {@link #stop} and exit status 0. */
    void install(Path dataDir) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(dataDir), "signal"));
    }

    /** Will be closed, before everything that was owned earlier. */
    <T extends AutoCloseable> T own(T one) {
        owned.push(one);
        check();
        return one;
    }

    /** Ends the run as a signal does, with exit status 1 and the reason as the last line. Returns at once. */
    void fail(String reason) {
        failure = reason;
        requested.countDown();
        // Not on the caller's thread: it doesn't return, and the caller may be what has to be stopped.
        Thread exit = new Thread(() -> System.exit(1), "failure");
        exit.setDaemon(true);
        exit.start();
    }

    /** 0, or 1 after {@link #fail}. */
    int exitStatus() {
        return failure == null ? 0 : 1;
    }

    /** Between two steps of a start: throws {@link Requested} after a signal or a failure. */
    void check() {
        if (isRequested()) {
            throw new Requested();
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** A step of a start that takes its time: throws what it has failed with, and {@link Requested} as {@link #check} does. */
    void await(CompletableFuture<?> step) throws InterruptedException {
        while (true) {
            try {
                step.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                check();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
            }
        }
    }

    /** Whether a signal has come within that time. */
    boolean awaitRequested(long time, TimeUnit unit) throws InterruptedException {
        return requested.await(time, unit);
    }

    void stop() {
        console.clearStatus();
        long begin = System.nanoTime();
        boolean anything = !owned.isEmpty();
        while (!owned.isEmpty()) {
            AutoCloseable one = owned.pop();
            try {
                one.close();
            } catch (Exception e) {
                console.line(one.getClass().getSimpleName() + " did not stop cleanly: " + e.getMessage());
                LoggerFactory.getLogger(Shutdown.class).warn("stop", e);
            }
        }
        if (anything) {
            console.line(String.format(Locale.ROOT, "stopped in %.1f s", (System.nanoTime() - begin) / 1e9));
        }
        stopped.countDown();
    }

    private void onSignal(Path dataDir) {
        if (stopped.getCount() == 0) {
            // The run is over, and this is its regular exit.
            sayWhy();
            return;
        }
        requested.countDown();
        console.clearStatus();
        console.line(failure == null ? "stopping ..." : "a part has failed; stopping ...");
        Duration patience = failure == null ? PATIENCE : patienceAfterFailure;
        try {
            if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                console.line("it takes too long; what is left is killed");
            }
            ChildProcess.endOrphans(dataDir);
        } catch (InterruptedException | IOException e) {
            console.line("not everything has stopped: " + e.getMessage());
        } finally {
            sayWhy();
            // Otherwise the status would be that of a program which a signal has killed.
            Runtime.getRuntime().halt(exitStatus());
        }
    }

    /** Last, where the user looks. */
    private void sayWhy() {
        if (failure != null) {
            console.line("backbone: " + failure);
        }
    }
}
