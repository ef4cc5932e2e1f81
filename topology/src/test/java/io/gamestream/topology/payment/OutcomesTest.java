package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What isn't known, what comes late, and what is called off. */
class OutcomesTest {

    private final Saga saga = Saga.placed();

    @Test
    void anUnknownOutcomeForbidsANewOperationAndIsIssuedAgainUnderTheSameId() {
        saga.answer(PspOutcome.UNKNOWN);
        assertThat(saga.view().getOutcomeKnown()).isFalse();
        saga.fire(TimerKind.READ);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() != OperationKind.SYNC)
                .hasSize(1);

        saga.answer(PspOutcome.NOT_FOUND);

        assertThat(saga.command().getOperationId()).isEqualTo("o1:create:1");
        assertThat(saga.command().getIssue()).isEqualTo(2);
        assertThat(saga.view().getOperations()).hasSize(1);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.view().getOutcomeKnown()).isTrue();
    }

    @Test
    void anUnknownOutcomeIsLearntFromAWebhook() {
        saga.answer(PspOutcome.UNKNOWN);
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void aResultThatNeverComesCountsAsUnknown() {
        saga.fire(TimerKind.OVERDUE);
        assertThat(saga.view().getOutcomeKnown()).isFalse();
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
    }

    /** A charge doesn't name the confirmation that made it; each makes one at most, and a read shows all. */
    @Test
    void aDeclineWhoseAnswerWasLostIsLearntFromAReadHoweverLate() {
        saga.answer(PspOutcome.DECLINED, Payments.declined("processing_error"));
        saga.fire(TimerKind.RETRY);
        saga.answer(PspOutcome.UNKNOWN);
        PspCommand confirmation = saga.commands.get(saga.commands.size() - 1);
        assertThat(confirmation.getKind()).isEqualTo(OperationKind.CONFIRM);
        saga.now += Payments.policy().keyLife().toMillis();
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, failedCharge("ch_1"), failedCharge("ch_2"));
        assertThat(saga.view().getOperations().get(1).getState()).isEqualTo(OperationState.EXECUTED);
        assertThat(saga.view().getAttempts().get(1).getState()).isEqualTo(AttemptState.DECLINED);
    }

    @Test
    void theDeclineOfTheAttemptBeforeSaysNothingOfTheNext() {
        saga.answer(PspOutcome.DECLINED, Payments.declined("processing_error"));
        saga.fire(TimerKind.RETRY);
        saga.answer(PspOutcome.UNKNOWN);
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, failedCharge("ch_1"), failedCharge("ch_1"));
        assertThat(saga.view().getAttempts().get(1).getState()).isEqualTo(AttemptState.STARTED);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.CONFIRM);
        assertThat(saga.command().getIssue()).isEqualTo(2);
    }

    /** What its confirmation came to has been answered; the old charge is still the charge of the attempt before. */
    @Test
    void theDeclineOfTheAttemptBeforeIsNotThatOfOneThatWaitsForThePlayer() {
        saga.answer(PspOutcome.DECLINED, failedCharge("ch_1"));
        saga.fire(TimerKind.RETRY);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        saga.fire(TimerKind.READ);

        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION), failedCharge("ch_1"));

        assertThat(saga.view().getAttempts().get(1).getState()).isNotEqualTo(AttemptState.DECLINED);
        assertThat(saga.view().getAttempts().get(1).getDeclineCode()).isNull();
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.REQUIRES_ACTION);
    }

    @Test
    void norOfOneThatHasPaid() {
        saga.answer(PspOutcome.DECLINED, failedCharge("ch_1"));
        saga.fire(TimerKind.RETRY);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        saga.sync();
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED), failedCharge("ch_1"));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.view().getAttempts().get(1).getDeclineClass()).isNull();
    }

    private static PspFact failedCharge(String id) {
        PspFact fact = Payments.fact(PspObject.CHARGE, id, PspStatus.FAILED, Payments.TOTAL);
        fact.setDeclineCode("processing_error");
        return fact;
    }

    @Test
    void anOrderThatIsBeingCancelledNeverChargesAgainAndIsProvedNotToHave() {
        saga.answer(PspOutcome.UNKNOWN);
        saga.ask(Payments.cancel());
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.CANCEL_REQUESTED);
        for (int i = 0; i < 5 && saga.view().getPayment() != PaymentState.CANCELED; i++) {
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.NOT_FOUND);
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CANCELED);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.CREATE)
                .hasSize(1);
        assertThat(saga.now)
                .isGreaterThan(saga.view()
                        .getOperations()
                        .get(0)
                        .getDeadline()
                        .plus(Duration.ofMinutes(30))
                        .toEpochMilli());
    }

    /** Such as a payment method that the PSP doesn't know. */
    @Test
    void anOrderThatIsCancelledWhileItIsDeclinedWithoutAnIntentIsOver() {
        saga.ask(Payments.cancel());
        saga.answer(PspOutcome.DECLINED);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CANCELED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void anAuthenticationThatNobodyMakesExpires() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.REQUIRES_ACTION);
        saga.fire(TimerKind.EXPIRY);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.CANCEL);
        assertThat(saga.view().getStatus()).as("not before the PSP says so").isEqualTo(OrderState.AWAITING_PAYMENT);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.CANCELED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void anAuthenticationWhoseWebhookIsLostIsNoticedAllTheSame() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void moneyThatComesAfterExpiryIsRefunded() {
        anAuthenticationThatNobodyMakesExpires();
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.LATE_CAPTURED);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
        assertThat(saga.command().getAmountMinor()).isEqualTo(Payments.TOTAL);
        assertThat(saga.entitlements).isEmpty();
        saga.giveBack();
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.balance(LedgerRules.CLEARING)).isZero();
    }

    @Test
    void orItBuysTheGameAfterAllWhereThatIsThePolicy() {
        Saga welcoming = new Saga(Payments.policy(true));
        welcoming.ask(Payments.place());
        welcoming.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        welcoming.ask(Payments.cancel());
        welcoming.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(welcoming.view().getStatus()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void aPlayerWhoCancelsBeforeAnythingWasSentIsNeverCharged() {
        saga.answer(PspOutcome.NOT_EXECUTED);
        saga.ask(Payments.cancel());
        assertThat(saga.view().getStatus())
                .as("a paused worker may still have the command")
                .isEqualTo(OrderState.AWAITING_PAYMENT);
        while (saga.timers().containsKey(TimerKind.READ)) {
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.NOT_FOUND);
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CANCELED);
        assertThat(saga.view().getOperations().get(0).getState()).isEqualTo(OperationState.FAILED);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.CREATE)
                .hasSize(1);
    }

    @Test
    void itIsTooLateToCancelWhatIsPaid() {
        saga.complete();
        saga.ask(Payments.cancel());
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.journal.get(saga.journal.size() - 1).getNote()).contains("too late");
    }

    @Test
    void aCancelThatComesTooLateForThePspIsReadAndRefunded() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.PROCESSING));
        saga.ask(Payments.cancel());
        saga.answer(PspOutcome.UNEXPECTED_STATE);
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.CANCEL_REQUESTED);
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.LATE_CAPTURED);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
    }
}
