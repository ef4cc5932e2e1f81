package io.gamestream.serving.routing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one after the other until one answers: the next as soon as one has failed, or when it has been silent for a while
 * (the first answer wins then). Runs on one event loop.
 */
final class Race<T> {

    private final Vertx vertx;
    private final long hedgeAfterMillis;
    private final Deque<Supplier<Future<T>>> waiting;
    private final Promise<T> first = Promise.promise();
    private int underWay;
    private long timer = -1;
    private @Nullable Throwable lastFailure;

    private Race(Vertx vertx, long hedgeAfterMillis, List<Supplier<Future<T>>> candidates) {
        this.vertx = vertx;
        this.hedgeAfterMillis = hedgeAfterMillis;
        this.waiting = new ArrayDeque<>(candidates);
    }

    /** Fails with the last failure when all have failed, or at once where there is nobody to ask. */
    static <T> Future<T> run(Vertx vertx, long hedgeAfterMillis, List<Supplier<Future<T>>> candidates) {
        Race<T> race = new Race<>(vertx, hedgeAfterMillis, candidates);
        race.next();
        return race.first.future();
    }

    private void next() {
        stopTimer();
        if (first.future().isComplete()) {
            return;
        }
        Supplier<Future<T>> candidate = waiting.poll();
        if (candidate == null) {
            if (underWay == 0) {
                Throwable why = lastFailure;
                first.tryFail(why == null ? new IllegalStateException("nobody to ask") : why);
            }
            return;
        }
        underWay++;
        candidate.get().onComplete(this::won, this::lost);
        if (!waiting.isEmpty() && !first.future().isComplete()) {
            timer = vertx.setTimer(hedgeAfterMillis, fired -> {
                timer = -1;
                next();
            });
        }
    }

    private void won(T answer) {
        underWay--;
        stopTimer();
        first.tryComplete(answer);
    }

    private void lost(Throwable why) {
        underWay--;
        lastFailure = why;
        next();
    }

    private void stopTimer() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
