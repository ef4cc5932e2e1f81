package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which timers an order has, as a function of its state. Pure. */
final class PaymentTimers {

    private PaymentTimers() {}

    /** When each is due, in ms since 1970; none for what doesn't exist yet, and none for a parked order. */
    static Map<TimerKind, Long> of(@Nullable PaymentSaga saga, PaymentPolicy policy) {
        Map<TimerKind, Long> due = new EnumMap<>(TimerKind.class);
        if (saga == null || ParkRules.isFrozen(saga)) {
            return due;
        }
        Optional<PaymentOperation> open = Operations.open(saga.getView());
        open.filter(operation -> operation.getState() == OperationState.REQUESTED)
                .ifPresent(operation -> due.put(
                        TimerKind.OVERDUE,
                        operation.getDeadline().toEpochMilli()
                                + policy.resultGrace().toMillis()));
        if (open.filter(operation -> operation.getState() == OperationState.WAITING)
                .isPresent()) {
            put(due, TimerKind.REISSUE, saga.getReissueAt());
        }
        PaymentState payment = saga.getView().getPayment();
        if (payment == PaymentState.RETRY_SCHEDULED) {
            put(due, TimerKind.RETRY, saga.getRetryAt());
        }
        put(due, TimerKind.READ, saga.getReadAt());
        if (saga.getPlaced()
                && PaymentTransitions.PAYMENT.next(payment, PaymentTransitions.PaymentSignal.CANCEL_ASKED) != payment) {
            put(due, TimerKind.EXPIRY, saga.getExpiresAt());
        }
        if (!saga.getPlaced()) {
            put(due, TimerKind.ORPHAN, saga.getOrphanAt());
        }
        return due;
    }

    private static void put(Map<TimerKind, Long> due, TimerKind kind, @Nullable Long at) {
        if (at != null) {
            due.put(kind, at);
        }
    }
}
