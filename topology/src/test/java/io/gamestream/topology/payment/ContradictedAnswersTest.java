package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The PSP says that it has done what it was asked to do, and shows its object as it was before. */
class ContradictedAnswersTest {

    private final Saga saga = new Saga();

    @Test
    void aCaptureThatTakesNothingIsReadAndParked() {
        authorize();
        saga.ask(Payments.capture());
        isParkedAfterReads("o1:capture:1", Payments.intent(PspStatus.REQUIRES_CAPTURE));
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void aCancelThatReleasesNothingIsReadAndParked() {
        authorize();
        saga.ask(Payments.cancel());
        isParkedAfterReads("o1:cancel:1", Payments.intent(PspStatus.REQUIRES_CAPTURE));
        saga.tell(Payments.intent(PspStatus.CANCELED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CANCELED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void aRefundThatIsNoneIsReadAndParked() {
        askForARefund();
        isParkedAfterReads("o1:refund:1", Payments.charge(Payments.TOTAL, 0));
        saga.tell(Payments.refunded("re_1", PspStatus.SUCCEEDED, Payments.TOTAL, "o1:refund:1"));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void aRefundThatStaffMakeInsteadEndsTheWait() {
        askForARefund();
        saga.answer(PspOutcome.DONE, Payments.charge(Payments.TOTAL, 0));
        assertThat(saga.timers()).containsOnlyKeys(TimerKind.READ);
        saga.tell(Payments.refunded("re_x", PspStatus.SUCCEEDED, Payments.TOTAL, null));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void aRefundWhoseMoneyTheBankTookIsNotWaitedFor() {
        askForARefund();
        saga.answer(PspOutcome.DONE, Payments.charge(Payments.TOTAL, 0));
        saga.tell(Payments.disputed(PspStatus.LOST, Payments.TOTAL, 0));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CHARGED_BACK);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void anOrderWithAConflictIsReadOnce() {
        saga.ask(Payments.place());
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 1));
        saga.ask(Payments.refundOf("r1", 1));
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:1");
        saga.answer(PspOutcome.DONE, Payments.charge(1, 0));
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.charge(1, 0));
        assertThat(saga.timers()).isEmpty();
        assertThat(saga.deadLetters).singleElement().satisfies(letter -> assertThat(letter.getCause())
                .isEqualTo(ParkCause.CONFLICT));
    }

    @Test
    void aRefusalThatWasNoneTakesNoTimerFromTheRefundAfterIt() {
        saga.ask(Payments.place());
        saga.complete();
        saga.ask(Payments.refund("r1", "g1"));
        PspCommand first = saga.command();
        saga.answer(PspOutcome.REFUSED);
        saga.ask(Payments.refund("r2", "g2"));
        saga.answer(PspOutcome.NOT_EXECUTED);
        assertThat(saga.timers()).containsKey(TimerKind.REISSUE);
        saga.answer(Payments.answer(
                first, PspOutcome.DONE, Payments.refunded("re_1", PspStatus.SUCCEEDED, 1999, first.getOperationId())));
        assertThat(saga.timers()).containsKey(TimerKind.REISSUE);
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:2");
        assertThat(saga.command().getIssue()).isEqualTo(2);
    }

    /** A version before could take the timer away. */
    @Test
    void aRefundThatStandsStillGoesOnWithAnything() {
        askForARefund();
        saga.answer(PspOutcome.NOT_EXECUTED);
        Objects.requireNonNull(saga.state).setReissueAt(null);
        assertThat(saga.timers()).isEmpty();
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:1");
        assertThat(saga.command().getIssue()).isEqualTo(2);
    }

    /** However many reads nobody answered before: the one after the answer is the ladder's first, and parks nothing. */
    @Test
    void anAnswerThatComesLateIsReadFromTheLaddersBeginning() {
        askForARefund();
        PspCommand refund = saga.command();
        saga.fire(TimerKind.OVERDUE);
        for (int read = 0; read < 12; read++) {
            saga.fire(TimerKind.READ);
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        PspFact unmoved = Payments.charge(Payments.TOTAL, 0);
        saga.answer(Payments.answer(refund, PspOutcome.DONE, unmoved));
        assertThat(readUntilParked(unmoved)).isGreaterThan(4);
    }

    @Test
    void whatIsSeenAfterReadsThatNobodyAnsweredResolvesTheLetter() {
        askForARefund();
        saga.answer(PspOutcome.DONE, Payments.charge(Payments.TOTAL, 0));
        while (saga.view().getStatus() != OrderState.PARKED) {
            saga.fire(TimerKind.READ);
        }
        saga.tell(Payments.refunded("re_1", PspStatus.SUCCEEDED, Payments.TOTAL, "o1:refund:1"));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.timers()).isEmpty();
    }

    /** The first issue's answer comes when the second one was refused and another operation was begun. */
    @Test
    void aLateAnswerOfAnEarlierOperationIsWaitedForToo() {
        authorize();
        saga.ask(Payments.capture());
        PspCommand first = saga.command();
        PspFact unmoved = Payments.intent(PspStatus.REQUIRES_CAPTURE);
        saga.answer(PspOutcome.UNEXPECTED_STATE);
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, unmoved);
        PspCommand second = saga.command();
        assertThat(second.getOperationId()).isEqualTo("o1:capture:2");
        saga.answer(Payments.answer(first, PspOutcome.DONE, unmoved));
        saga.answer(Payments.answer(second, PspOutcome.UNEXPECTED_STATE));
        assertThat(readUntilParked(unmoved)).isGreaterThan(1);
    }

    @Test
    void aReplayReadsAgainAndAsksForNothingNew() {
        authorize();
        saga.ask(Payments.capture());
        PspFact unmoved = Payments.intent(PspStatus.REQUIRES_CAPTURE);
        isParkedAfterReads("o1:capture:1", unmoved);
        saga.commands.clear();
        saga.replay("o1:parked:1");
        readUntilParked(unmoved);
        assertThat(saga.commands).isNotEmpty().allMatch(command -> command.getKind() == OperationKind.SYNC);
        assertThat(saga.view().getDeadLetterId()).isEqualTo("o1:parked:2");
    }

    private void authorize() {
        saga.ask(Payments.place(CaptureMode.MANUAL, CustomerPresence.INTERACTIVE));
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_CAPTURE));
    }

    private void askForARefund() {
        saga.ask(Payments.place());
        saga.complete();
        saga.ask(Payments.refund("r1"));
    }

    private void isParkedAfterReads(String operationId, PspFact unmoved) {
        assertThat(saga.command().getOperationId()).isEqualTo(operationId);
        saga.answer(PspOutcome.DONE, unmoved);
        assertThat(saga.view().getStatus()).isNotEqualTo(OrderState.PARKED);
        assertThat(readUntilParked(unmoved)).isGreaterThan(4);
        assertThat(saga.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(ParkCause.EXHAUSTED);
            assertThat(letter.getMessage()).contains(operationId);
        });
    }

    private int readUntilParked(PspFact unmoved) {
        int reads = 0;
        while (saga.view().getStatus() != OrderState.PARKED) {
            assertThat(++reads).isLessThan(20);
            saga.fire(TimerKind.READ);
            assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
            saga.answer(PspOutcome.DONE, unmoved);
        }
        return reads;
    }
}
