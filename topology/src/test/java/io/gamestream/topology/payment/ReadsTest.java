package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the PSP is read, and for how long. */
class ReadsTest {

    private final Saga saga = Saga.placed();

    /** A worker that is away for an evening must not have every order parked that was under way. */
    @Test
    void readsThatNobodyAnswersWaitForOneAnotherAndEndAfterADay() {
        saga.complete();
        saga.ask(Payments.refund("r1"));
        long asked = saga.now;
        saga.fire(TimerKind.OVERDUE);
        while (saga.view().getStatus() != OrderState.PARKED) {
            assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
            saga.fire(TimerKind.READ);
        }
        assertThat(Duration.ofMillis(saga.now - asked)).isBetween(Duration.ofHours(20), Duration.ofHours(40));
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.SYNC)
                .hasSizeBetween(6, 10);
    }

    @Test
    void theAnswerToAReadThatWasGivenUpIsStillOfUse() {
        saga.complete();
        saga.ask(Payments.refund("r1"));
        String refund = saga.command().getOperationId();
        saga.fire(TimerKind.OVERDUE);
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.refunded("re_1", PspStatus.SUCCEEDED, Payments.TOTAL, refund));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void anOutcomeThatIsNotKnownDoesNotWaitForWhatIsOnlyWatched() {
        saga.complete();
        saga.ask(Payments.refund("r1", "g1"));
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_1", PspStatus.PENDING, 1999, saga.command().getOperationId()));
        for (int read = 0; read < 8; read++) {
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.DONE, Payments.refunded("re_1", PspStatus.PENDING, 1999, null));
        }
        assertThat(untilRead()).isEqualTo(Duration.ofHours(20));
        saga.ask(Payments.refund("r2", "g2"));
        saga.answer(PspOutcome.UNKNOWN);
        assertThat(untilRead()).isEqualTo(Duration.ofSeconds(5));
    }

    private Duration untilRead() {
        return Duration.ofMillis(saga.timers().getOrDefault(TimerKind.READ, 0L) - saga.now);
    }
}
