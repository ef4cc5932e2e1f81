package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key that the PSP may have forgotten is never used again: the same call would charge, or refund, anew. */
class KeyLifeTest {

    private final Saga saga = Saga.placed();

    @Test
    void aCommandThatExpiredIsIssuedAgainWhileItsKeyLives() {
        saga.answer(PspOutcome.EXPIRED);
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:create:1");
        assertThat(saga.command().getIssue()).isEqualTo(2);
    }

    @Test
    void afterwardsThePspIsReadInstead() {
        refundThatExpired();
        saga.now += Duration.ofHours(20).toMillis();
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
        assertThat(saga.view().getOutcomeKnown()).isFalse();
        assertThat(saga.timers()).doesNotContainKey(TimerKind.REISSUE);
    }

    @Test
    void aRefundThatTheReadShowsIsNotMadeAgain() {
        afterwardsThePspIsReadInstead();
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED), refund("o1:refund:1"));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.view().getOutcomeKnown()).isTrue();
        assertThat(refunds()).isEqualTo(1);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void oneThatTheReadDoesNotShowIsMadeUnderTheNextKey() {
        afterwardsThePspIsReadInstead();
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getOperations().get(1).getState()).isEqualTo(OperationState.FAILED);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:2");
    }

    /** The saga was away for a day: what the PSP said before may have been true before the call was carried out. */
    @Test
    void aReadThatWasSentBeforeTheCallWasSettledProvesNothingHoweverLateItsAnswerIsDealtWith() {
        saga.answer(PspOutcome.UNKNOWN);
        saga.fire(TimerKind.READ);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
        saga.now += Duration.ofHours(21).toMillis();
        saga.answer(PspOutcome.NOT_FOUND);
        assertThat(saga.view().getOutcomeKnown()).isFalse();
        assertThat(creates()).containsOnly("o1:create:1");

        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.NOT_FOUND);
        assertThat(saga.view().getOperations().get(0).getState()).isEqualTo(OperationState.FAILED);
    }

    @Test
    void aReplayDaysLaterReadsToo() {
        refundThatExpired();
        while (saga.view().getStatus() != OrderState.PARKED) {
            saga.fire(TimerKind.REISSUE);
            if (saga.command().getKind() == OperationKind.SYNC) {
                saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
            }
            saga.answer(PspOutcome.EXPIRED);
        }
        String last = saga.command().getOperationId();
        saga.now += Duration.ofDays(3).toMillis();
        saga.replay("o1:parked:1");
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED), refund(last));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
    }

    private void refundThatExpired() {
        saga.complete();
        saga.ask(Payments.refund("r1"));
        // The worker was gone after the call, and another one found the command too late.
        saga.answer(PspOutcome.EXPIRED);
    }

    private List<String> creates() {
        return saga.commands.stream()
                .filter(command -> command.getKind() == OperationKind.CREATE)
                .map(PspCommand::getOperationId)
                .toList();
    }

    private long refunds() {
        return saga.commands.stream()
                .map(PspCommand::getKind)
                .filter(OperationKind.REFUND::equals)
                .count();
    }

    private static PspFact refund(String operationId) {
        return Payments.refunded("re_1", PspStatus.SUCCEEDED, Payments.TOTAL, operationId);
    }
}
