package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.topology.payment.PaymentTransitions.OperationSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the end of a call means for its operation. Pure. */
final class AnswerRules {

    /** A paused worker may have the command in hand still: only a read after its deadline proves that it won't be sent. */
    static final String GIVEN_UP = "not issued again, since the order is being cancelled";

    private AnswerRules() {}

    static void answered(PaymentDraft draft, PspResult result) {
        if (result.getKind() == OperationKind.SYNC) {
            boolean present = result.getAttempt() == draft.view().getAttempts().size();
            FactRules.fold(draft, result.getFacts(), present ? FactRules.Source.READ : FactRules.Source.WEBHOOK, 0);
            settle(draft);
            ReadRules.answered(draft, result);
            return;
        }
        boolean names = result.getKind() == OperationKind.CREATE || result.getKind() == OperationKind.CONFIRM;
        FactRules.fold(draft, result.getFacts(), FactRules.Source.ANSWER, names ? result.getAttempt() : 0);
        Optional<PaymentOperation> operation = Operations.find(draft.view(), result.getOperationId());
        operation.ifPresent(known -> end(draft, known, result));
        settle(draft);
    }

    /** An operation whose effect is seen was executed, whoever told of it; one that has become impossible never will be. */
    static void settle(PaymentDraft draft) {
        for (PaymentOperation operation : draft.view().getOperations()) {
            if (operation.getState() == OperationState.EXECUTED || !Operations.isNewest(draft.view(), operation)) {
                continue;
            }
            if (hasEffect(draft.saga(), operation)) {
                executed(draft, operation);
            } else if (isImpossible(draft.saga(), operation) && draft.signal(operation, OperationSignal.FAILED)) {
                operation.setProblem("the payment intent has ended otherwise");
                draft.saga().setWaits(0);
                draft.saga().setReissueAt(null);
            }
        }
    }

    private static boolean isImpossible(PaymentSaga saga, PaymentOperation operation) {
        return switch (operation.getKind()) {
            case CAPTURE -> saga.getCanceledSeen();
            case CANCEL -> saga.getView().getCapturedMinor() > 0;
            case CREATE, CONFIRM, REFUND, SYNC, UNKNOWN -> false;
        };
    }

    private static boolean hasEffect(PaymentSaga saga, PaymentOperation operation) {
        PaymentView view = saga.getView();
        boolean money = view.getCapturedMinor() > 0;
        return switch (operation.getKind()) {
            case CREATE, CONFIRM -> {
                AttemptState attempt =
                        view.getAttempts().get(operation.getAttempt() - 1).getState();
                boolean ended = money || saga.getCanceledSeen() || view.getAuthorizedMinor() > 0;
                yield (attempt != AttemptState.STARTED && attempt != AttemptState.ABANDONED)
                        || (ended
                                && operation.getAttempt() == view.getAttempts().size());
            }
            case CAPTURE -> money;
            case CANCEL -> saga.getCanceledSeen();
            case REFUND ->
                view.getRefunds().stream()
                        .anyMatch(refund -> refund.getRefundId().equals(operation.getCommandId())
                                && refund.getPspRefundId() != null);
            case SYNC, UNKNOWN -> false;
        };
    }

    /**
     * The operation that the PSP says it has done and doesn't show, where an order has one and waits for it. What isn't paid ends
     * by its expiry, and waits for none; a refund is waited for as long as there is money for it.
     */
    static Optional<PaymentOperation> unseen(PaymentSaga saga) {
        PaymentView view = saga.getView();
        return view.getOperations().stream()
                .filter(operation -> operation.getState() == OperationState.EXECUTED)
                .filter(operation -> switch (operation.getKind()) {
                    case CAPTURE -> view.getPayment() == PaymentState.CAPTURE_REQUESTED;
                    case CANCEL -> view.getPayment() == PaymentState.CANCEL_REQUESTED;
                    case REFUND ->
                        view.getPayment() != PaymentState.CONFLICTED
                                && Purchase.refundableMinor(saga) >= 0
                                && RefundRules.isRequested(view, operation);
                    case CREATE, CONFIRM, SYNC, UNKNOWN -> false;
                })
                // Where its effect has just been told, the payment hasn't moved yet.
                .filter(operation -> !hasEffect(saga, operation))
                .findFirst();
    }

    /** The answer's own object doesn't show what it says. In a conflict, which a person looks at, it is read once. */
    private static void contradicted(PaymentDraft draft, PaymentOperation operation) {
        PaymentSaga saga = draft.saga();
        boolean once =
                switch (operation.getKind()) {
                    case CREATE, CONFIRM -> true;
                    case CAPTURE, CANCEL, REFUND, SYNC, UNKNOWN ->
                        saga.getView().getPayment() == PaymentState.CONFLICTED;
                };
        if (once) {
            saga.setReadWanted(true);
        } else if (unseen(saga).isPresent()) {
            ReadRules.climbAnew(saga);
        }
    }

    private static void end(PaymentDraft draft, PaymentOperation operation, PspResult result) {
        switch (result.getOutcome()) {
            case DONE -> {
                executed(draft, operation);
                if (!hasEffect(draft.saga(), operation)) {
                    contradicted(draft, operation);
                }
            }
            case DECLINED -> declined(draft, operation, result);
            case NOT_EXECUTED, EXPIRED -> notExecuted(draft, operation, result);
            case UNKNOWN -> lost(draft, operation, problem(result));
            case UNEXPECTED_STATE, REFUSED, NOT_FOUND -> refused(draft, operation, result);
            case KEY_REUSED -> {
                if (lost(draft, operation, problem(result))) {
                    ParkRules.park(draft, ParkCause.KEY_REUSED, operation.getOperationId() + ": " + problem(result));
                }
            }
        }
    }

    /** The operation may or may not have been executed; whether that is news. */
    static boolean lost(PaymentDraft draft, PaymentOperation operation, String problem) {
        if (hasEffect(draft.saga(), operation) || !draft.signal(operation, OperationSignal.LOST)) {
            return false;
        }
        operation.setProblem(problem);
        draft.saga().setRung(0);
        draft.saga().setReissueAt(null);
        return true;
    }

    private static void executed(PaymentDraft draft, PaymentOperation operation) {
        // It may be an earlier one; then what is waited for is another's.
        boolean wasOpen =
                Operations.open(draft.view()).filter(operation::equals).isPresent();
        if (draft.signal(operation, OperationSignal.EXECUTED)) {
            operation.setProblem(null);
            if (wasOpen) {
                draft.saga().setWaits(0);
                draft.saga().setFailures(0);
                draft.saga().setReissueAt(null);
            }
        }
    }

    private static void declined(PaymentDraft draft, PaymentOperation operation, PspResult result) {
        if (operation.getKind() != OperationKind.CREATE && operation.getKind() != OperationKind.CONFIRM) {
            refused(draft, operation, result);
            return;
        }
        if (!hasEffect(draft.saga(), operation)) {
            FactRules.decline(
                    draft, draft.view().getAttempts().get(operation.getAttempt() - 1), result.getErrorCode(), null);
        }
        executed(draft, operation);
    }

    private static void notExecuted(PaymentDraft draft, PaymentOperation operation, PspResult result) {
        if (result.getIssue() < operation.getIssue() || !draft.signal(operation, OperationSignal.NOT_EXECUTED)) {
            return;
        }
        operation.setProblem(problem(result));
        if (ReadRules.isUnwanted(draft, operation)) {
            lost(draft, operation, GIVEN_UP);
            return;
        }
        PaymentSaga saga = draft.saga();
        Backoff technical = draft.policy().technical();
        List<Duration> ladder = draft.policy().readLadder();
        int waits = saga.getWaits();
        if (waits >= technical.tries() + ladder.size()) {
            ParkRules.park(
                    draft,
                    ParkCause.EXHAUSTED,
                    operation.getOperationId() + " could not be sent in " + (waits + 1) + " tries: " + problem(result));
            return;
        }
        Duration wait = waits < technical.tries()
                ? technical.delay(operation.getOperationId(), waits)
                : ladder.get(waits - technical.tries());
        saga.setWaits(waits + 1);
        saga.setReissueAt(draft.now() + wait.toMillis());
    }

    /** The PSP has answered that it didn't do it and won't. */
    private static void refused(PaymentDraft draft, PaymentOperation operation, PspResult result) {
        if (hasEffect(draft.saga(), operation) || !draft.signal(operation, OperationSignal.FAILED)) {
            return;
        }
        operation.setProblem(problem(result));
        PaymentSaga saga = draft.saga();
        saga.setReissueAt(null);
        saga.setWaits(0);
        saga.setFailures(saga.getFailures() + 1);
        if (operation.getKind() == OperationKind.REFUND) {
            saga.setFailures(0);
            RefundRules.rejected(draft, operation, problem(result));
        } else if (result.getOutcome() == PspOutcome.UNEXPECTED_STATE
                && saga.getFailures() < draft.policy().readLadder().size()) {
            saga.setReadWanted(true);
        } else {
            ParkRules.park(draft, ParkCause.REFUSED, operation.getOperationId() + " was refused: " + problem(result));
        }
    }

    private static String problem(PspResult result) {
        return result.getOutcome()
                + (result.getHttpStatus() == null ? "" : " " + result.getHttpStatus())
                + (result.getErrorCode() == null ? "" : " " + result.getErrorCode())
                + (result.getMessage() == null ? "" : ": " + result.getMessage());
    }
}
