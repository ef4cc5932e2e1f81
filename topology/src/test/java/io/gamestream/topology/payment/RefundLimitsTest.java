package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However often someone asks for refunds of an order, its state stays small enough to be written. */
class RefundLimitsTest {

    private static final int MANY = 2_000;

    private final Saga saga = Saga.placed();

    @BeforeEach
    void paid() {
        saga.complete();
    }

    @Test
    void refusedOnesAreKeptUpToABoundAndThenNotedOnly() {
        for (int i = 0; i < MANY; i++) {
            saga.ask(Payments.refundOf("r" + i, Payments.TOTAL + 1));
        }
        assertThat(saga.view().getRefunds()).hasSize(RefundRules.MOST_REFUSED);
        assertThat(saga.journal.get(saga.journal.size() - 1).getNote())
                .contains("r1999")
                .contains("expected: 1 to 2998 EUR");
        saga.ask(Payments.refund("good", "g1"));
        assertThat(saga.command().getKind()).as("what may be refunded still is").isEqualTo(OperationKind.REFUND);
    }

    @Test
    void thoseThatThePspRefusesAreBoundedToo() {
        for (int i = 0; i < MANY; i++) {
            saga.ask(Payments.refundOf("r" + i, 1));
            if (saga.command().getKind() == OperationKind.REFUND) {
                saga.answer(PspOutcome.REFUSED);
            }
        }
        assertThat(saga.view().getRefunds()).hasSize(RefundRules.MOST);
        assertThat(saga.view().getOperations()).hasSize(1 + RefundRules.MOST);
    }

    @Test
    void thoseThatSucceedAreBoundedWithAReason() {
        for (int i = 0; i < MANY; i++) {
            saga.ask(Payments.refundOf("r" + i, 1));
            saga.answer(
                    PspOutcome.DONE,
                    Payments.refunded(
                            "re_" + saga.command().getOperationId(),
                            PspStatus.SUCCEEDED,
                            1,
                            saga.command().getOperationId()));
        }
        assertThat(saga.view().getRefundedMinor()).isEqualTo(RefundRules.MOST);
        assertThat(saga.view().getRefunds())
                .hasSize(RefundRules.MOST + RefundRules.MOST_REFUSED)
                .last()
                .extracting(PaymentRefund::getReason)
                .asString()
                .contains("expected: less than 60");
    }

    @Test
    void whatWasAskedForIsNotKeptWhereItIsNoPartOfTheOrder() throws IOException {
        for (int i = 0; i < MANY; i++) {
            saga.ask(Payments.refund("r" + i, "x".repeat(60_000)));
        }
        assertThat(saga.view().toByteBuffer().remaining()).isLessThan(20_000);
    }
}
