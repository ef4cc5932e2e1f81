package io.gamestream.payments.psp;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The limit that the provider asks of its clients; it counts HTTP requests, of which a read of a payment takes several. */
public final class RateLimit {

    private final RateLimiter limiter;

    public RateLimit(ProviderSettings.Rate rate) {
        int turns = turns(rate.perSecond());
        limiter = RateLimiter.of(
                "provider",
                RateLimiterConfig.custom()
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(turns))
                        .limitForPeriod(rate.perSecond() / turns)
                        .timeoutDuration(rate.maxWait())
                        .build());
    }

    /** Sends a request when its turn comes; fails with {@link NoTurnException} where that would take longer than it may. */
    <T> CompletableFuture<T> turn(Supplier<CompletableFuture<T>> request) {
        long wait = limiter.reservePermission();
        if (wait < 0) {
            return CompletableFuture.failedFuture(new NoTurnException());
        }
        if (wait == 0) {
            return request.get();
        }
        Executor later = CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS);
        return CompletableFuture.runAsync(() -> {}, later).thenCompose(turn -> request.get());
    }

    /** Ten portions a second, so that a burst neither waits long nor takes a whole second's calls; fewer for a small rate. */
    private static int turns(int perSecond) {
        return Math.min(10, perSecond);
    }

    /** The request was not sent. */
    static final class NoTurnException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoTurnException() {
            super("no turn within the rate limit's wait", null, false, false);
        }
    }
}
