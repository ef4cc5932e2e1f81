package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PaymentRefund;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the PSP is told for the reason of a refund or a cancellation: what was asked for, where it is one of the PSP's words
 * (docs.stripe.com/api/refunds/create, docs.stripe.com/api/payment_intents/cancel), else a word that is always true. Pure.
 */
final class AskedReasons {

    private static final String REQUESTED = "requested_by_customer";
    private static final String ABANDONED = "abandoned";
    private static final Set<String> OF_REFUNDS = Set.of("duplicate", "fraudulent", REQUESTED);
    private static final Set<String> OF_CANCELS = Set.of("duplicate", "fraudulent", REQUESTED, ABANDONED);

    private AskedReasons() {}

    /**
     * Of an operation that begins; null for one that has none.
     *
     * @param commandId of a refund, its id
     */
    static @Nullable String of(PaymentSaga saga, OperationKind kind, @Nullable String commandId) {
        return switch (kind) {
            case CANCEL -> known(OF_CANCELS, saga.getCancelReason(), saga, kind);
            case REFUND -> known(OF_REFUNDS, ofRefund(saga, commandId), saga, kind);
            case CREATE, CONFIRM, CAPTURE, SYNC, UNKNOWN -> null;
        };
    }

    /** Where nobody gave a reason, and of operations that were begun by a version that kept none. */
    static @Nullable String unasked(PaymentSaga saga, OperationKind kind) {
        return switch (kind) {
            case CANCEL -> Purchase.PLAYER.equals(saga.getCancelAsked()) ? REQUESTED : ABANDONED;
            case REFUND -> REQUESTED;
            case CREATE, CONFIRM, CAPTURE, SYNC, UNKNOWN -> null;
        };
    }

    private static @Nullable String known(
            Set<String> words, @Nullable String asked, PaymentSaga saga, OperationKind kind) {
        return asked != null && words.contains(asked) ? asked : unasked(saga, kind);
    }

    private static @Nullable String ofRefund(PaymentSaga saga, @Nullable String refundId) {
        return saga.getView().getRefunds().stream()
                .filter(refund -> refund.getRefundId().equals(refundId))
                .findFirst()
                .map(PaymentRefund::getReason)
                .orElse(null);
    }
}
