package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.payments.worker.WorkerSettings;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GuardedProviderTest {

    private static final ProviderSettings SETTINGS =
            Sim.settings(URI.create("http://127.0.0.1:1"), Sim.KEY, Duration.ofSeconds(1));

    private final AtomicInteger calls = new AtomicInteger();
    private volatile ProviderAnswer next = answer(PspOutcome.DONE, 200);

    private final GuardedProvider guarded = guarded("test", SETTINGS);

    /** Answers what the test wants. */
    private final class Canned implements PaymentProvider {

        @Override
        public CompletableFuture<ProviderAnswer> execute(PspCommand command) {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(next);
        }

        @Override
        public CompletableFuture<IntentAnswer> intent(String intentId) {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(new IntentAnswer(next, null));
        }

        @Override
        public boolean accepts() {
            return true;
        }

        @Override
        public void close() {}
    }

    private GuardedProvider guarded(String account, ProviderSettings settings) {
        return guarded(account, settings, InstantSource.system());
    }

    private GuardedProvider guarded(String account, ProviderSettings settings, InstantSource clock) {
        return new GuardedProvider(new Canned(), account, settings, new RateLimit(settings.rate()), clock);
    }

    private static ProviderSettings rated(int perSecond, Duration maxWait) {
        return new ProviderSettings(
                SETTINGS.baseUrl(),
                SETTINGS.apiKey(),
                SETTINGS.timeout(),
                SETTINGS.connectTimeout(),
                SETTINGS.breaker(),
                new ProviderSettings.Rate(perSecond, maxWait));
    }

    private static PspCommand expired(String orderId) {
        PspCommand command = Sim.create(orderId);
        command.setDeadline(Instant.now().minusMillis(1));
        return command;
    }

    private static ProviderAnswer answer(PspOutcome outcome, int status) {
        return new ProviderAnswer(outcome, status == 0 ? null : status, "code", "message", List.of(), null);
    }

    private ProviderAnswer call() {
        return guarded.execute(Sim.create("o1")).join();
    }

    @Test
    void failuresOpenTheCircuitAndItClosesAgain() {
        next = answer(PspOutcome.UNKNOWN, 500);
        for (int i = 0; i < 4; i++) {
            call();
        }
        assertThat(guarded.accepts()).isFalse();
        ProviderAnswer refused = call();
        assertThat(refused.outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
        assertThat(refused.errorCode()).isEqualTo("circuit_open");
        assertThat(calls).hasValue(4);
        next = answer(PspOutcome.DONE, 200);
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(guarded::accepts);
        assertThat(call().outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(call().outcome()).isEqualTo(PspOutcome.DONE);
    }

    @Test
    void lessThanHalfOfTheCallsMayFail() {
        for (int i = 0; i < 4; i++) {
            next = answer(PspOutcome.DONE, 200);
            call();
            call();
            next = answer(PspOutcome.UNKNOWN, 500);
            call();
        }
        assertThat(guarded.accepts()).as("4 of 12 have failed").isTrue();
        for (int i = 0; i < 3; i++) {
            call();
            assertThat(guarded.accepts())
                    .as("%s of %s have failed", 5 + i, 13 + i)
                    .isTrue();
        }
        assertThat(calls).hasValue(15);
        call();
        assertThat(guarded.accepts()).as("8 of 16 have failed").isFalse();
    }

    /** What an operator who sets nothing gets. */
    @Test
    void theDefaultsAreThreeSecondsHalfOfTheCallsAndThirtySeconds() {
        ProviderSettings defaults = Settings.load(null, Map.of(), Map.of("payments-worker.provider.api-key", Sim.KEY))
                .bind("payments-worker", WorkerSettings.class)
                .provider();
        assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(defaults.breaker())
                .isEqualTo(new ProviderSettings.Breaker(50, Duration.ofSeconds(10), 20, Duration.ofSeconds(30), 5));
    }

    @Test
    void aQuestionForAnIntentIsBehindTheSameCircuit() {
        next = answer(PspOutcome.UNKNOWN, 500);
        for (int i = 0; i < 4; i++) {
            guarded.intent("pi_1").join();
        }
        assertThat(guarded.accepts()).isFalse();
        IntentAnswer refused = guarded.intent("pi_1").join();
        assertThat(refused.call().errorCode()).isEqualTo("circuit_open");
        assertThat(refused.intent()).isNull();
        assertThat(calls).hasValue(4);
    }

    @Test
    void callsAreCountedByHowTheyEnded() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        guarded.bindTo(meters);
        call();
        next = answer(PspOutcome.DECLINED, 402);
        call();
        next = ProviderAnswer.of(PspOutcome.UNKNOWN, "HttpTimeoutException", "no answer in time");
        call();
        call();
        assertThat(counted(meters, PspOutcome.DONE, "200")).isEqualTo(1);
        assertThat(counted(meters, PspOutcome.DECLINED, "402")).isEqualTo(1);
        assertThat(counted(meters, PspOutcome.UNKNOWN, "HttpTimeoutException")).isEqualTo(2);
    }

    private static long counted(SimpleMeterRegistry meters, PspOutcome outcome, String answer) {
        return meters.get("payments_provider_calls")
                .tags("account", "test", "outcome", outcome.name(), "answer", answer)
                .timer()
                .count();
    }

    @Test
    void declinesAndRefusalsAreHealthyAnswers() {
        for (PspOutcome outcome : new PspOutcome[] {
            PspOutcome.DECLINED, PspOutcome.REFUSED, PspOutcome.UNEXPECTED_STATE, PspOutcome.KEY_REUSED
        }) {
            next = answer(outcome, 400);
            for (int i = 0; i < 10; i++) {
                assertThat(call().outcome()).isEqualTo(outcome);
            }
        }
        assertThat(guarded.accepts()).isTrue();
    }

    @Test
    void aRefusedKeyOpensItAtOnce() {
        next = answer(PspOutcome.NOT_EXECUTED, 401);
        call();
        assertThat(guarded.accepts()).isFalse();
    }

    @Test
    void expiredCommandsTeachNothing() {
        next = ProviderAnswer.of(PspOutcome.EXPIRED, "deadline", "");
        for (int i = 0; i < 50; i++) {
            call();
        }
        assertThat(guarded.accepts()).isTrue();
    }

    @Test
    void ourOwnLimitIsNoFailureOfThePsp() {
        next = ProviderAnswer.of(PspOutcome.NOT_EXECUTED, GuardedProvider.RATE_LIMIT, "");
        for (int i = 0; i < 50; i++) {
            call();
        }
        assertThat(guarded.accepts()).isTrue();
    }

    @Test
    void callsBeyondTheRateWaitForTheirTurnOrAreNotMade() {
        GuardedProvider slow = guarded("slow", rated(10, Duration.ofMillis(150)));
        List<CompletableFuture<ProviderAnswer>> all = IntStream.range(0, 10)
                .mapToObj(i -> slow.execute(Sim.create("o" + i)))
                .toList();
        List<PspOutcome> outcomes =
                all.stream().map(answer -> answer.join().outcome()).toList();
        assertThat(outcomes).contains(PspOutcome.DONE, PspOutcome.NOT_EXECUTED);
        assertThat(calls.get()).isEqualTo((int)
                outcomes.stream().filter(outcome -> outcome == PspOutcome.DONE).count());
    }

    @Test
    void aBacklogOfExpiredCommandsTakesNoTurnOfALiveOne() {
        GuardedProvider slow = guarded("slow", rated(1, Duration.ZERO));
        for (int i = 0; i < 5_000; i++) {
            ProviderAnswer answer = slow.execute(expired("o" + i)).join();
            assertThat(answer.outcome()).isEqualTo(PspOutcome.EXPIRED);
            assertThat(answer.errorCode()).isEqualTo("deadline");
        }
        assertThat(slow.execute(Sim.create("live")).join().outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(calls).as("that were made").hasValue(1);
    }

    @Test
    void expiredCommandsAreNoTrialOfAHalfOpenCircuit() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        guarded.bindTo(meters);
        next = answer(PspOutcome.UNKNOWN, 500);
        for (int i = 0; i < 4; i++) {
            call();
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(guarded::accepts);
        for (int i = 0; i < 50; i++) {
            assertThat(guarded.execute(expired("o" + i)).join().outcome()).isEqualTo(PspOutcome.EXPIRED);
        }
        assertThat(calls).as("before the trial").hasValue(4);
        assertThat(circuit(meters)).as("half open").isEqualTo(1);
        next = answer(PspOutcome.DONE, 200);
        assertThat(call().outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(circuit(meters)).as("closed").isZero();
    }

    private static double circuit(SimpleMeterRegistry meters) {
        return meters.get("payments_provider_circuit").gauge().value();
    }

    /** The clock is past the deadline when it is asked for the second time. */
    @Test
    void aCommandThatExpiresWhileItWaitsForItsTurnIsNotSent() {
        PspCommand command = Sim.create("o1");
        AtomicInteger asked = new AtomicInteger();
        GuardedProvider late = guarded(
                "late",
                SETTINGS,
                () -> asked.getAndIncrement() == 0
                        ? command.getDeadline()
                        : command.getDeadline().plusMillis(1));
        assertThat(late.execute(command).join().outcome()).isEqualTo(PspOutcome.EXPIRED);
        assertThat(calls).as("that were made").hasValue(0);
    }
}
