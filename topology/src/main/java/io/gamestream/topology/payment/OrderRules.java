package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.topology.payment.PaymentTransitions.OrderSignal;
import org.jspecify.annotations.Nullable;

/** What follows for an order from its payment, until nothing more does. Pure. */
final class OrderRules {

    private OrderRules() {}

    static void settle(PaymentDraft draft) {
        @Nullable OrderSignal signal = signal(draft.saga());
        while (signal != null && draft.signal(signal)) {
            signal = signal(draft.saga());
        }
    }

    /** Why it failed or is parked, in words that a player may see. */
    static @Nullable String problem(PaymentView view) {
        return switch (view.getStatus()) {
            case PAYMENT_FAILED ->
                SettleRules.current(view).map(PaymentAttempt::getDeclineCode).orElse(null);
            case PARKED -> "under review";
            case EXPIRED -> "not paid in time";
            case UNPLACED,
                    CREATED,
                    AWAITING_PAYMENT,
                    PAID,
                    FULFILLED,
                    COMPLETED,
                    CANCELED,
                    REFUNDED,
                    CHARGED_BACK,
                    UNKNOWN -> null;
        };
    }

    private static @Nullable OrderSignal signal(PaymentSaga saga) {
        PaymentView view = saga.getView();
        OrderState order = view.getStatus();
        if (saga.getPark() != null) {
            return OrderSignal.PARKED;
        }
        if (!saga.getPlaced()) {
            return null;
        }
        if (order == OrderState.UNPLACED
                || (order == OrderState.PARKED && !saga.getTold().contains(Telling.CREATED))) {
            return OrderSignal.PLACED;
        }
        if (order == OrderState.CREATED && view.getPayment() != PaymentState.NEW) {
            return OrderSignal.PAYMENT_STARTED;
        }
        @Nullable OrderSignal settled = settled(saga, view);
        boolean underWay = order == OrderState.PARKED || order == OrderState.PAYMENT_FAILED;
        return settled == null && underWay ? OrderSignal.RESUMED : settled;
    }

    private static @Nullable OrderSignal settled(PaymentSaga saga, PaymentView view) {
        return switch (view.getPayment()) {
            case CAPTURED -> paid(saga);
            case LATE_CAPTURED, CONFLICTED -> givenBack(saga);
            case FAILED -> OrderSignal.PAYMENT_FAILED;
            case CANCELED -> Purchase.PLAYER.equals(saga.getCancelAsked()) ? OrderSignal.CANCELED : OrderSignal.EXPIRED;
            case NEW,
                    INTENT_REQUESTED,
                    PROCESSING,
                    REQUIRES_ACTION,
                    RETRY_SCHEDULED,
                    AUTHORIZED,
                    CAPTURE_REQUESTED,
                    CANCEL_REQUESTED,
                    UNKNOWN -> null;
        };
    }

    private static @Nullable OrderSignal paid(PaymentSaga saga) {
        PaymentView view = saga.getView();
        @Nullable OrderSignal back = givenBack(saga);
        if (back != null) {
            return back;
        }
        return switch (view.getStatus()) {
            case PAID -> OrderSignal.GAMES_GRANTED;
            case FULFILLED -> OrderSignal.RECEIPT_ISSUED;
            case REFUNDED -> OrderSignal.MONEY_RETURNED;
            case UNPLACED,
                    CREATED,
                    AWAITING_PAYMENT,
                    COMPLETED,
                    PAYMENT_FAILED,
                    EXPIRED,
                    CANCELED,
                    CHARGED_BACK,
                    PARKED,
                    UNKNOWN -> OrderSignal.MONEY_CAPTURED;
        };
    }

    /** Money that was lost or has gone back; null while some of it is ours. Of several charges one that was lost counts. */
    private static @Nullable OrderSignal givenBack(PaymentSaga saga) {
        if (saga.getView().getDisputes().stream().anyMatch(Purchase::isLost)) {
            return OrderSignal.MONEY_LOST;
        }
        return Captures.areReturned(saga) ? OrderSignal.MONEY_REFUNDED : null;
    }
}
