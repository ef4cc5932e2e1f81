package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.topology.payment.PaymentTransitions.OperationSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When the PSP is read, and what a read proves about an operation whose outcome is unknown. Pure. */
final class ReadRules {

    private ReadRules() {}

    /** Sends a read now. */
    static void read(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        saga.setReads(saga.getReads() + 1);
        saga.setReadOpen(true);
        saga.setReadAt(draft.now() + patience(draft.policy()));
        draft.send(Operations.read(draft, saga.getReads()));
    }

    /** Until a read that wasn't answered is overdue. */
    private static long patience(PaymentPolicy policy) {
        return policy.commandDeadline().plus(policy.resultGrace()).toMillis();
    }

    /**
     * When the open read was sent; empty where none is open. The PSP looked afterwards, however late its answer is dealt with:
     * of a saga that was away for a day the answer may be as old.
     */
    private static Optional<Long> sentAt(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        return saga.getReadOpen() && saga.getReadAt() != null
                ? Optional.of(saga.getReadAt() - patience(draft.policy()))
                : Optional.empty();
    }

    /** What has become of the operation isn't known: only a read can tell. */
    static void lost(PaymentDraft draft, PaymentOperation operation, String problem) {
        AnswerRules.lost(draft, operation, problem);
        if (!draft.saga().getReadOpen()) {
            read(draft);
        }
    }

    /**
     * What was not executed is issued again, as long as the PSP surely has its key: the answer that said so may have been wrong.
     * A worker that dies after a call finds its command expired; a 409 tells of another call with the key. Later it is read.
     */
    static void reissue(PaymentDraft draft, PaymentOperation operation) {
        if (isKeyAlive(draft, operation)) {
            draft.signal(operation, OperationSignal.REISSUED);
            Operations.issue(draft, operation);
        } else {
            lost(draft, operation, "not issued again, since the PSP may have forgotten its key");
        }
    }

    /** Whether the PSP still answers a repetition as it did the first time. */
    private static boolean isKeyAlive(PaymentDraft draft, PaymentOperation operation) {
        return draft.now()
                < operation.getFirstIssuedAt().toEpochMilli()
                        + draft.policy().keyLife().toMillis();
    }

    /**
     * The timer of reads. Where the answer to one never came, the next waits for as long as if it had been of no use: whoever
     * should have asked the PSP may be away for hours.
     */
    static void due(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        if (saga.getReadOpen()) {
            saga.setReadOpen(false);
            saga.setReadAt(null);
            climb(draft);
        } else {
            read(draft);
        }
    }

    /** After the facts of a read's answer are folded in and operations are settled by them. */
    static void answered(PaymentDraft draft, PspResult result) {
        PaymentSaga saga = draft.saga();
        if (!result.getOperationId().equals(Operations.readId(draft.view().getOrderId(), saga.getReads()))) {
            return;
        }
        Optional<Long> sentAt = sentAt(draft);
        saga.setReadOpen(false);
        if (sentAt.isPresent()) {
            saga.setReadAt(null);
        }
        if (isProof(saga, result)) {
            saga.setReadWanted(isCancelledWithoutIntent(saga) || (saga.getReadWanted() && draft.wasReadOfOne()));
            Operations.open(draft.view())
                    .filter(operation -> operation.getState() == OperationState.OUTCOME_UNKNOWN)
                    .ifPresent(operation -> withoutEffect(draft, operation, sentAt));
        }
        if (result.getOutcome() == PspOutcome.EXPIRED && sentAt.isEmpty() && isNeeded(saga)) {
            // It was given up: whoever reads was away and is back, and the ladder begins anew.
            // A worker that is only behind, or has a wrong clock, must not be asked ever more.
            climbAnew(saga);
        } else if (sentAt.isPresent() && (isNeeded(saga) || isWatched(draft.view()))) {
            climb(draft);
        }
    }

    /** Whether it tells what there is: a search that shows nothing of intents that are known is behind. */
    private static boolean isProof(PaymentSaga saga, PspResult result) {
        return result.getOutcome() == PspOutcome.DONE
                || (result.getOutcome() == PspOutcome.NOT_FOUND
                        && saga.getIntents().size() < 2);
    }

    /** Then only a read, or the proof that nothing was ever made, brings it on. */
    private static boolean isCancelledWithoutIntent(PaymentSaga saga) {
        return saga.getView().getPayment() == PaymentState.CANCEL_REQUESTED
                && saga.getIntents().isEmpty();
    }

    /** Arms or disarms the timer, whatever has happened. */
    static void arm(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        if (!saga.getPlaced() || ParkRules.isFrozen(saga)) {
            saga.setReadAt(null);
        } else if (!isNeeded(saga) && !isWatched(draft.view())) {
            saga.setReadAt(null);
            saga.setReadOpen(false);
            saga.setRung(0);
        } else {
            // What is needed from now on doesn't wait for what was only watched, nor is it the next of its reads.
            boolean needed = isNeeded(saga);
            if (needed && !draft.wasReadNeeded()) {
                saga.setRung(0);
            }
            List<Duration> ladder = draft.policy().readLadder();
            long next = draft.now()
                    + ladder.get(Math.min(saga.getRung(), ladder.size() - 1)).toMillis();
            if (saga.getReadAt() == null || (needed && !saga.getReadOpen() && saga.getReadAt() > next)) {
                saga.setReadAt(next);
            }
        }
    }

    /**
     * The PSP doesn't show what the operation would have done. Within the life of its key it is issued again, which can't
     * have it done twice; unless the order is being cancelled. A read that was sent well past its last deadline proves that it has
     * not happened.
     */
    private static void withoutEffect(PaymentDraft draft, PaymentOperation operation, Optional<Long> sentAt) {
        long settledAt = operation.getDeadline().toEpochMilli()
                + draft.policy().settledAfter().toMillis();
        if (!isUnwanted(draft, operation) && isKeyAlive(draft, operation)) {
            draft.signal(operation, OperationSignal.REISSUED);
            Operations.issue(draft, operation);
        } else if (sentAt.filter(sent -> sent >= settledAt).isPresent()) {
            operation.setProblem("never executed, as a read well past its deadline shows");
            draft.signal(operation, OperationSignal.FAILED);
            RefundRules.again(draft, operation);
        }
    }

    /** Whether it would only take money from a player who has cancelled. */
    static boolean isUnwanted(PaymentDraft draft, PaymentOperation operation) {
        return draft.saga().getCancelAsked() != null
                && switch (operation.getKind()) {
                    case CREATE, CONFIRM, CAPTURE -> true;
                    case CANCEL, REFUND, SYNC, UNKNOWN -> false;
                };
    }

    /** The next read is the ladder's first. */
    static void climbAnew(PaymentSaga saga) {
        saga.setRung(0);
        if (!saga.getReadOpen()) {
            saga.setReadAt(null);
        }
    }

    private static void climb(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        saga.setRung(saga.getRung() + 1);
        if (saga.getRung() >= draft.policy().readLadder().size() && isNeeded(saga) && draft.wasReadNeeded()) {
            String what = Operations.open(draft.view())
                    .filter(operation -> operation.getState() == OperationState.OUTCOME_UNKNOWN)
                    .map(operation -> "operation " + operation.getOperationId() + " has no known outcome")
                    .or(() -> AnswerRules.unseen(saga)
                            .map(operation -> "the PSP has done " + operation.getOperationId()
                                    + ", as it says, and doesn't show it"))
                    .orElse("the PSP's objects don't explain each other");
            ParkRules.park(draft, ParkCause.EXHAUSTED, what + " after " + saga.getReads() + " read(s)");
        }
    }

    /** Whether anything can only be decided by reading. */
    static boolean isNeeded(PaymentSaga saga) {
        return saga.getReadWanted()
                || Operations.isUnknown(saga.getView())
                || AnswerRules.unseen(saga).isPresent()
                || hasGap(saga);
    }

    /** Whether something at the PSP will end by itself, so that it is noticed even if the webhook of its end is lost. */
    private static boolean isWatched(PaymentView view) {
        boolean attempt = SettleRules.current(view)
                .map(PaymentAttempt::getState)
                .filter(state -> state == AttemptState.ACTION_REQUIRED || state == AttemptState.PROCESSING)
                .isPresent();
        boolean refund = view.getRefunds().stream()
                .anyMatch(known ->
                        known.getPspRefundId() != null && RefundStatus.of(known).isPending());
        boolean dispute = view.getDisputes().stream().anyMatch(Purchase::isUndecided);
        return attempt || refund || dispute;
    }

    static boolean isOutcomeKnown(PaymentView view) {
        return view.getOperations().stream()
                .noneMatch(operation -> operation.getState() == OperationState.OUTCOME_UNKNOWN);
    }

    /** Whether facts imply something that was not told. */
    private static boolean hasGap(PaymentSaga saga) {
        PaymentView view = saga.getView();
        if (!saga.getPlaced()) {
            return false;
        }
        List<PaymentRefund> atPsp = view.getRefunds().stream()
                .filter(refund -> refund.getPspRefundId() != null)
                .toList();
        if (view.getCapturedMinor() == 0) {
            return saga.getRefundedSeen() > 0
                    || !atPsp.isEmpty()
                    || !view.getDisputes().isEmpty();
        }
        // What a partial capture releases counts as refunded at the PSP.
        long released = view.getTotalMinor() - view.getCapturedMinor();
        long known = atPsp.stream().mapToLong(PaymentRefund::getAmountMinor).sum();
        return saga.getRefundedSeen() > known + Math.max(0, released);
    }
}
