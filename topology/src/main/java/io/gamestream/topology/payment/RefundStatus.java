package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PspStatus;
import org.jspecify.annotations.Nullable;

/** How far a refund is, in the order of rank: of two that are told, the later one here counts. */
enum RefundStatus {
    /** Waits for the operation before it. */
    QUEUED,
    /** Its operation is issued. */
    REQUESTED,
    /** Refused by us or by the PSP: there is no such object. */
    REJECTED,
    PENDING,
    REQUIRES_ACTION,
    SUCCEEDED,
    CANCELED,
    /** Also after it had succeeded. */
    FAILED;

    static RefundStatus of(PaymentRefund refund) {
        return valueOf(refund.getStatus());
    }

    static RefundStatus of(PspStatus status) {
        return switch (status) {
            case REQUIRES_ACTION -> REQUIRES_ACTION;
            case SUCCEEDED -> SUCCEEDED;
            case CANCELED -> CANCELED;
            case FAILED -> FAILED;
            case UNKNOWN,
                    PENDING,
                    REQUIRES_PAYMENT_METHOD,
                    REQUIRES_CONFIRMATION,
                    PROCESSING,
                    REQUIRES_CAPTURE,
                    WARNING_NEEDS_RESPONSE,
                    WARNING_UNDER_REVIEW,
                    WARNING_CLOSED,
                    NEEDS_RESPONSE,
                    UNDER_REVIEW,
                    PREVENTED,
                    WON,
                    LOST -> PENDING;
        };
    }

    /** The PSP has it, and it hasn't failed. */
    boolean isAccepted() {
        return this == PENDING || this == REQUIRES_ACTION || this == SUCCEEDED;
    }

    boolean isPending() {
        return this == QUEUED || this == REQUESTED || this == PENDING || this == REQUIRES_ACTION;
    }

    /** Gives its amount free for another one. */
    boolean isDead() {
        return this == REJECTED || this == CANCELED || this == FAILED;
    }

    /** Writes this status into a refund that isn't as far yet. */
    void reach(PaymentRefund refund, @Nullable String reason) {
        if (compareTo(of(refund)) > 0) {
            refund.setStatus(name());
            if (isDead()) {
                refund.setReason(reason);
            }
        }
    }
}
