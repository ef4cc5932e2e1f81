package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Money that comes and goes in parts. */
class CapturesRefundsDisputesTest {

    private final Saga saga = Saga.placed();

    @Test
    void aPartialCaptureGrantsOnlyItsLines() {
        Saga manual = new Saga();
        manual.ask(Payments.place(CaptureMode.MANUAL, CustomerPresence.INTERACTIVE));
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_CAPTURE));
        assertThat(manual.view().getPayment()).isEqualTo(PaymentState.AUTHORIZED);
        manual.ask(Payments.capture("g2"));
        assertThat(manual.command().getKind()).isEqualTo(OperationKind.CAPTURE);
        assertThat(manual.command().getAmountMinor()).isEqualTo(999);
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 999));
        assertThat(manual.grants()).containsExactly(GrantState.NONE, GrantState.ACTIVE);
        assertThat(manual.view().getPaymentStatus()).isEqualTo("PARTIALLY_CAPTURED");
    }

    @Test
    void aCaptureOfFreeGamesAloneDoesNothing() {
        Saga manual = new Saga();
        OrderCommand order = Payments.place(CaptureMode.MANUAL, CustomerPresence.INTERACTIVE);
        order.setLines(List.of(new OrderLine("g1", 1, Payments.TOTAL), new OrderLine("free", 1, 0L)));
        manual.ask(order);
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_CAPTURE));
        manual.ask(Payments.capture("free"));
        assertThat(manual.command().getKind()).isEqualTo(OperationKind.CREATE);
        assertThat(manual.view().getPayment()).isEqualTo(PaymentState.AUTHORIZED);
        manual.ask(Payments.capture("g1", "free"));
        assertThat(manual.command().getAmountMinor()).isEqualTo(Payments.TOTAL);
    }

    @Test
    void anAuthorizationThatNobodyCapturesIsReleased() {
        Saga manual = new Saga();
        manual.ask(Payments.place(CaptureMode.MANUAL, CustomerPresence.INTERACTIVE));
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_CAPTURE));
        manual.fire(TimerKind.EXPIRY);
        assertThat(manual.now - Payments.PLACED.toEpochMilli())
                .isEqualTo(Duration.ofDays(6).toMillis());
        assertThat(manual.command().getKind()).isEqualTo(OperationKind.CANCEL);
    }

    @Test
    void aPartialRefundTakesBackOnlyItsLine() {
        saga.complete();
        saga.ask(Payments.refund("r1", "g1"));
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_1", PspStatus.SUCCEEDED, 1999, saga.command().getOperationId()));
        assertThat(saga.grants()).containsExactly(GrantState.REVOKED, GrantState.ACTIVE);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.view().getPaymentStatus()).isEqualTo("PARTIALLY_REFUNDED");
        saga.ask(Payments.refund("r2"));
        assertThat(saga.command().getAmountMinor()).isEqualTo(999);
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_2", PspStatus.SUCCEEDED, 999, saga.command().getOperationId()));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.notifications)
                .extracting(Notification::getNotificationId)
                .containsExactly("o1:receipt:1", "o1:refund-issued:1", "o1:refund-issued:2");
    }

    @Test
    void neverMoreIsRefundedThanWasCaptured() {
        saga.complete();
        saga.ask(Payments.refundOf("r1", 2000));
        saga.ask(Payments.refundOf("r2", 999));
        assertThat(saga.view().getRefunds().get(1).getStatus()).isEqualTo("REJECTED");
        assertThat(saga.view().getRefunds().get(1).getReason()).contains("expected: 1 to 998 EUR");
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.REFUND)
                .hasSize(1);
        saga.ask(Payments.refundOf("r1", 2000));
        assertThat(saga.view().getRefunds()).as("repeated").hasSize(2);
    }

    @Test
    void aRefundThatFailsAfterAllGivesTheGamesBack() {
        saga.complete();
        saga.ask(Payments.refund("r1"));
        String operation = saga.command().getOperationId();
        saga.answer(PspOutcome.DONE, Payments.refunded("re_1", PspStatus.SUCCEEDED, Payments.TOTAL, operation));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        saga.tell(Payments.refunded("re_1", PspStatus.FAILED, Payments.TOTAL, null));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        assertThat(saga.balance(LedgerRules.CLEARING)).isEqualTo(Payments.TOTAL);
        assertThat(saga.notifications)
                .filteredOn(sent -> sent.getTemplate().equals("receipt"))
                .hasSize(1);
    }

    @Test
    void aDisputeSuspendsAndIsWon() {
        saga.complete();
        saga.tell(Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0));
        assertThat(saga.grants()).containsOnly(GrantState.SUSPENDED);
        assertThat(saga.balance(LedgerRules.CLEARING)).isZero();
        saga.ask(Payments.refund("r1"));
        assertThat(saga.view().getRefunds().get(0).getReason()).contains("dispute");
        saga.tell(Payments.disputed(PspStatus.WON, Payments.TOTAL, Payments.TOTAL));
        assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        assertThat(saga.balance(LedgerRules.HOLD)).isZero();
    }

    @Test
    void aLostDisputeTakesTheGamesBack() {
        saga.complete();
        saga.tell(Payments.disputed(PspStatus.LOST, Payments.TOTAL, 0));
        assertThat(saga.grants()).containsOnly(GrantState.REVOKED);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CHARGED_BACK);
        assertThat(saga.balance(LedgerRules.LOSS)).isEqualTo(Payments.TOTAL);
        assertThat(saga.balance(LedgerRules.HOLD)).isZero();
    }

    @Test
    void anInquiryTakesNothingAway() {
        saga.complete();
        saga.tell(Payments.disputed(PspStatus.WARNING_NEEDS_RESPONSE, 0, 0));
        assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
    }

    /** No money moves when it ends, so no reconciliation of the balance would find it either. */
    @Test
    void theEndOfAnInquiryIsNoticedThoughItsWebhookIsLost() {
        saga.complete();
        saga.tell(Payments.disputed(PspStatus.WARNING_NEEDS_RESPONSE, 0, 0));
        for (int day = 0; day < 20; day++) {
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.DONE, Payments.disputed(PspStatus.WARNING_UNDER_REVIEW, 0, 0));
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.disputed(PspStatus.WARNING_CLOSED, 0, 0));
        assertThat(saga.view().getDisputes().get(0).getStatus()).isEqualTo(PspStatus.WARNING_CLOSED);
        assertThat(saga.timers()).isEmpty();
    }
}
