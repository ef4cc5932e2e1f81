package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.WebhookEvent;

/** What can happen to an order. */
public sealed interface PaymentInput {

    /**
     * Someone asks for something.
     *
     * @param lsn of the change that it came with; 0 where unknown
     */
    record Asked(OrderCommand command, long lsn) implements PaymentInput {}

    /** A call to the PSP has ended. */
    record Answered(PspResult result) implements PaymentInput {}

    /** The PSP tells by itself. */
    record Told(WebhookEvent event) implements PaymentInput {}

    /** An operator asks. */
    record Administered(AdminCommand command) implements PaymentInput {}

    /** Reconciliation has found the books to differ. */
    record Differs(ReconciliationBreak found) implements PaymentInput {}

    /** A timer of the order is due. */
    record Due(TimerKind timer) implements PaymentInput {}
}
