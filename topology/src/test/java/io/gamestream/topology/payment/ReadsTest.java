package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the PSP is read, and for how long. */
class ReadsTest {

    private final Saga saga = Saga.placed();

    /** Whoever asks has just changed something at the PSP, and the read that is under way may have looked before. */
    @Test
    void anOperatorsReadIsANewOneThoughAnotherIsUnderWay() {
        saga.complete();
        saga.sync();
        PspCommand before = saga.command();
        assertThat(before.getKind()).isEqualTo(OperationKind.SYNC);
        saga.sync();
        PspCommand asked = saga.command();
        assertThat(asked.getOperationId()).isNotEqualTo(before.getOperationId());
        saga.answer(Payments.answer(before, PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED)));
        assertThat(saga.timers()).as("the newer one is waited for").containsKey(TimerKind.READ);
        saga.answer(Payments.answer(
                asked,
                PspOutcome.DONE,
                Payments.intent(PspStatus.SUCCEEDED),
                Payments.refunded("re_x", PspStatus.SUCCEEDED, Payments.TOTAL, null)));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.timers()).isEmpty();
    }

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

    /** The worker finds all expired when it is back; from then on the PSP is asked as if it had never been away. */
    @Test
    void whoeverReadsIsAskedAgainAtOnceWhenTheyAreBack() {
        for (int away = 1; away < 6; away++) {
            Saga order = Saga.placed();
            order.complete();
            order.ask(Payments.refund("r1"));
            order.fire(TimerKind.OVERDUE);
            for (int read = 1; read < 2 * away; read++) {
                order.fire(TimerKind.READ);
            }
            order.answer(PspOutcome.EXPIRED);
            assertThat(order.view().getStatus()).isEqualTo(OrderState.COMPLETED);
            assertThat(untilRead(order)).as("away for %d reads", away).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void aWorkerWhoseClockIsWrongFindsAllExpiredUntilTheOrderIsParked() {
        saga.complete();
        saga.ask(Payments.refund("r1"));
        saga.fire(TimerKind.OVERDUE);
        for (int read = 0; read < 20 && saga.view().getStatus() != OrderState.PARKED; read++) {
            saga.answer(PspOutcome.EXPIRED);
            if (saga.timers().containsKey(TimerKind.READ)) {
                saga.fire(TimerKind.READ);
            }
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
    }

    /** The read that watches shows more than it explains: that is the first one that was needed, not the last. */
    @Test
    void whatAWatchingReadFindsParksNothing() {
        watchADispute();
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.charge(Payments.TOTAL, 500));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(untilRead(saga)).isEqualTo(Duration.ofSeconds(5));
    }

    /** A dispute is watched for months: what an operator or a reconciliation asks is the first read of its own. */
    @Test
    void oneReadThatFailsParksNoOrderThatWasOnlyWatched() {
        watchADispute();
        saga.decide(new PaymentInput.Differs(Payments.difference()));
        saga.answer(PspOutcome.UNKNOWN);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(untilRead(saga)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatIsMissingIsReadSoonThoughTheOrderWasOnlyWatched() {
        watchADispute();
        saga.tell(Payments.charge(Payments.TOTAL, 500));
        assertThat(untilRead(saga)).as("of a refund that nobody told of").isEqualTo(Duration.ofSeconds(5));
    }

    /** The PSP says that it has charged, and shows no intent: it can't be cancelled, and is looked at in the end. */
    @Test
    void aCancelledOrderOfWhichThePspShowsNothingIsParkedInTheEnd() {
        saga.tell(chargeWithoutIntent());
        saga.ask(Payments.cancel());
        int reads = 0;
        while (saga.view().getStatus() != OrderState.PARKED) {
            assertThat(++reads).isLessThan(20);
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.NOT_FOUND);
        }
        assertThat(reads).isGreaterThan(4);
    }

    private static PspFact chargeWithoutIntent() {
        PspFact charge = Payments.by("o1:create:1", Payments.charge(PspStatus.PENDING));
        charge.setIntentId(null);
        return charge;
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
        assertThat(untilRead(saga)).isEqualTo(Duration.ofHours(20));
        saga.ask(Payments.refund("r2", "g2"));
        saga.answer(PspOutcome.UNKNOWN);
        assertThat(untilRead(saga)).isEqualTo(Duration.ofSeconds(5));
    }

    /** For longer than the ladder is. */
    private void watchADispute() {
        saga.complete();
        saga.tell(Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0));
        for (int read = 0; read < 9; read++) {
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.DONE, Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0));
        }
    }

    private static Duration untilRead(Saga saga) {
        return Duration.ofMillis(saga.timers().getOrDefault(TimerKind.READ, 0L) - saga.now);
    }
}
