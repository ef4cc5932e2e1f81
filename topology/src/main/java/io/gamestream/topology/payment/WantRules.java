package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.PaymentView;

/**
 * The operation that a payment's state wants, once no other one is open: a new operation id exists only where the outcome of
 * the one before is known. Pure.
 */
final class WantRules {

    private WantRules() {}

    static void begin(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        boolean readFirst = saga.getReadWanted() && saga.getFailures() > 0;
        if (ParkRules.isFrozen(saga)
                || readFirst
                || Operations.open(draft.view()).isPresent()) {
            return;
        }
        PaymentView view = draft.view();
        int attempt = view.getAttempts().size();
        switch (view.getPayment()) {
            case INTENT_REQUESTED -> {
                if (saga.getIntents().isEmpty() && !Operations.executed(view, OperationKind.CREATE)) {
                    Operations.begin(draft, OperationKind.CREATE, attempt, view.getTotalMinor(), null);
                }
            }
            case PROCESSING -> {
                if (isToConfirm(view)) {
                    Operations.begin(draft, OperationKind.CONFIRM, attempt, null, null);
                }
            }
            case CAPTURE_REQUESTED -> {
                if (!Operations.executed(view, OperationKind.CAPTURE)) {
                    Operations.begin(draft, OperationKind.CAPTURE, attempt, Purchase.expectedCapture(saga), null);
                }
            }
            case CANCEL_REQUESTED -> {
                if (saga.getIntents().isEmpty()) {
                    saga.setReadWanted(true);
                } else if (!Operations.executed(view, OperationKind.CANCEL)) {
                    Operations.begin(draft, OperationKind.CANCEL, attempt, null, null);
                }
            }
            case CAPTURED, LATE_CAPTURED, CONFLICTED ->
                RefundRules.next(view).ifPresent(refund -> RefundRules.begin(draft, refund));
            case NEW, REQUIRES_ACTION, RETRY_SCHEDULED, AUTHORIZED, CANCELED, FAILED, UNKNOWN -> {
                // The PSP, the player or a timer is next.
            }
        }
    }

    private static boolean isToConfirm(PaymentView view) {
        return SettleRules.current(view)
                .filter(attempt -> attempt.getNumber() > 1 && attempt.getState() == AttemptState.STARTED)
                .filter(attempt -> view.getOperations().stream()
                        .noneMatch(operation -> operation.getKind() == OperationKind.CONFIRM
                                && operation.getAttempt() == attempt.getNumber()
                                && operation.getState() == OperationState.EXECUTED))
                .isPresent();
    }
}
