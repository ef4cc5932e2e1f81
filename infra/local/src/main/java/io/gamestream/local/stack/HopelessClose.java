package io.gamestream.local.stack;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Closes what can fail in a way that keeps it from ever being closed. */
final class HopelessClose {

    private HopelessClose() {}

    /**
     * Returns when it is closed; or, since it is hopeless, so much later. It is left to itself then, on a thread that doesn't
     * keep the JVM.
     *
     * @param hopeless may be completed before, meanwhile or never
     */
    static void await(Runnable close, CompletableFuture<?> hopeless, Duration patience) {
        CompletableFuture<?> closed = CompletableFuture.runAsync(close, HopelessClose::start);
        CompletableFuture<?> enough = hopeless.thenCompose(failed ->
                new CompletableFuture<>().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            CompletableFuture.anyOf(closed, enough).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "hopeless-close");
        thread.setDaemon(true);
        thread.start();
    }
}
