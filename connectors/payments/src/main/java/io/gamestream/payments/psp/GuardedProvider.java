package io.gamestream.payments.psp;

import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider behind its account's circuit breaker and rate limit. A decline or a refusal is a healthy answer; no answer, a 5xx
 * and a call that could not be sent are failures. A key that is refused (401, 403) opens the circuit at once: whatever follows
 * would fare no better, and none of it is the orders' fault.
 */
public final class GuardedProvider implements PaymentProvider {

    /** The error code where our own limit kept a request from being sent. */
    static final String RATE_LIMIT = "rate_limit";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final PaymentProvider provider;
    private final CircuitBreaker breaker;
    private final RateLimit limit;
    private final InstantSource clock;
    private @Nullable MeterRegistry meters;

    /**
     * A guarded provider.
     *
     * @param account names the breaker in metrics
     * @param limit of which each call takes one turn; what a call asks beyond its first request is the provider's to take
     * @param clock of the commands' deadlines
     */
    public GuardedProvider(
            PaymentProvider provider, String account, ProviderSettings settings, RateLimit limit, InstantSource clock) {
        ProviderSettings.Breaker limits = settings.breaker();
        this.provider = provider;
        this.breaker = CircuitBreaker.of(
                account,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold((float) limits.failureRate())
                        .slidingWindowType(SlidingWindowType.TIME_BASED)
                        .slidingWindowSize((int) limits.window().toSeconds())
                        .minimumNumberOfCalls(limits.minCalls())
                        .waitDurationInOpenState(limits.resetAfter())
                        // By itself, since nobody asks for a permission while commands are left where they are.
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .permittedNumberOfCallsInHalfOpenState(limits.trialCalls())
                        // Trial calls whose answers never count must not keep it half open for ever.
                        .maxWaitDurationInHalfOpenState(settings.timeout().multipliedBy(4))
                        .build());
        this.limit = limit;
        this.clock = clock;
    }

    /** Publishes the breaker's state (0 closed, 1 half open, 2 open) and how each call ended, and when. */
    public void bindTo(MeterRegistry registry) {
        meters = registry;
        Gauge.builder("payments_provider_circuit", breaker, GuardedProvider::state)
                .description("0 closed, 1 half open, 2 open")
                .tag("account", breaker.getName())
                .register(registry);
        Gauge.builder("payments_provider_failure_rate", breaker, it -> it.getMetrics()
                        .getFailureRate())
                .description("per cent of the window's calls; -1 where there were too few")
                .tag("account", breaker.getName())
                .register(registry);
    }

    @Override
    public CompletableFuture<ProviderAnswer> execute(PspCommand command) {
        // After an outage a backlog of them must not take the turns, and the circuit's trials, of those that are still
        // to be sent.
        if (isExpired(command)) {
            return CompletableFuture.completedFuture(ProviderAnswer.expired(command));
        }
        return inTurn(
                // Once more, since the turn may have been a while in coming.
                () -> isExpired(command)
                        ? CompletableFuture.completedFuture(ProviderAnswer.expired(command))
                        : call(() -> provider.execute(command), answer -> answer, refusal -> refusal),
                refusal -> refusal);
    }

    private boolean isExpired(PspCommand command) {
        return clock.instant().isAfter(command.getDeadline());
    }

    @Override
    public CompletableFuture<IntentAnswer> intent(String intentId) {
        return inTurn(
                () -> call(() -> provider.intent(intentId), IntentAnswer::call, IntentAnswer::failed),
                IntentAnswer::failed);
    }

    @Override
    public boolean accepts() {
        return breaker.getState() != CircuitBreaker.State.OPEN
                && breaker.getState() != CircuitBreaker.State.FORCED_OPEN;
    }

    @Override
    public void close() {
        provider.close();
    }

    private <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> call, Function<ProviderAnswer, T> refusal) {
        return limit.turn(call)
                .exceptionallyCompose(thrown -> thrown instanceof RateLimit.NoTurnException
                        ? refused(RATE_LIMIT, String.valueOf(thrown.getMessage()), refusal)
                        : CompletableFuture.failedFuture(thrown));
    }

    private <T> CompletableFuture<T> call(
            Supplier<CompletableFuture<T>> call,
            Function<T, ProviderAnswer> ending,
            Function<ProviderAnswer, T> refusal) {
        if (!breaker.tryAcquirePermission()) {
            return refused("circuit_open", "the circuit of the PSP account is open", refusal);
        }
        long start = System.nanoTime();
        return call.get().whenComplete((answered, thrown) -> {
            long took = System.nanoTime() - start;
            @Nullable ProviderAnswer answer = answered == null ? null : ending.apply(answered);
            measure(answer, thrown, took);
            if (answer == null) {
                breaker.onError(took, TimeUnit.NANOSECONDS, thrown);
            } else {
                judge(answer, took);
            }
        });
    }

    /** By the status or, without one, the failure: a breaker that opens has its reason here. */
    private void measure(@Nullable ProviderAnswer answer, @Nullable Throwable thrown, long tookNanos) {
        MeterRegistry to = meters;
        if (to == null) {
            return;
        }
        Timer.builder("payments_provider_calls")
                .description("calls to the PSP, by how they ended")
                .tag("account", breaker.getName())
                .tag(
                        "outcome",
                        answer == null
                                ? PspOutcome.UNKNOWN.name()
                                : answer.outcome().name())
                .tag("answer", answered(answer, thrown))
                .register(to)
                .record(tookNanos, TimeUnit.NANOSECONDS);
    }

    private static String answered(@Nullable ProviderAnswer answer, @Nullable Throwable thrown) {
        if (answer == null) {
            return thrown == null ? "none" : thrown.getClass().getSimpleName();
        }
        return answer.httpStatus() == null ? String.valueOf(answer.errorCode()) : String.valueOf(answer.httpStatus());
    }

    private void judge(ProviderAnswer answer, long tookNanos) {
        Integer status = answer.httpStatus();
        if (answer.outcome() == PspOutcome.EXPIRED || (status == null && RATE_LIMIT.equals(answer.errorCode()))) {
            // Nothing was asked, or not to the end for our own limit's sake, so nothing was learnt.
            breaker.releasePermission();
        } else if (status != null && (status == UNAUTHORIZED || status == FORBIDDEN)) {
            breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new TimeoutException("HTTP status " + status));
            if (breaker.getState() != CircuitBreaker.State.OPEN) {
                breaker.transitionToOpenState();
            }
        } else if (answer.outcome() == PspOutcome.UNKNOWN
                || (answer.outcome() == PspOutcome.NOT_EXECUTED && status == null)) {
            breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new TimeoutException(String.valueOf(answer.errorCode())));
        } else {
            breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
        }
    }

    private static <T> CompletableFuture<T> refused(String code, String message, Function<ProviderAnswer, T> refusal) {
        return CompletableFuture.completedFuture(
                refusal.apply(ProviderAnswer.of(PspOutcome.NOT_EXECUTED, code, message)));
    }

    private static double state(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
        };
    }
}
