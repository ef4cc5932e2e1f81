package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspCommand;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of an order and the commands that they are issued as. At most one of them is open. */
final class Operations {

    private static final Set<OperationState> OPEN =
            EnumSet.of(OperationState.REQUESTED, OperationState.WAITING, OperationState.OUTCOME_UNKNOWN);

    private Operations() {}

    static Optional<PaymentOperation> open(PaymentView view) {
        return view.getOperations().stream()
                .filter(operation -> OPEN.contains(operation.getState()))
                .findFirst();
    }

    static Optional<PaymentOperation> find(PaymentView view, @Nullable String operationId) {
        return view.getOperations().stream()
                .filter(operation -> operation.getOperationId().equals(operationId))
                .findFirst();
    }

    /** Whether what is seen can be its effect, and not that of a later one with the same purpose. */
    static boolean isNewest(PaymentView view, PaymentOperation operation) {
        List<PaymentOperation> all = view.getOperations();
        return all.subList(all.indexOf(operation) + 1, all.size()).stream()
                .noneMatch(later -> later.getKind() == operation.getKind()
                        && later.getAttempt() == operation.getAttempt()
                        && Objects.equals(later.getCommandId(), operation.getCommandId()));
    }

    static boolean executed(PaymentView view, OperationKind kind) {
        return view.getOperations().stream()
                .anyMatch(operation -> operation.getKind() == kind && operation.getState() == OperationState.EXECUTED);
    }

    /** What waits is issued again at some time; a version before could lose it. */
    static void arm(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        boolean waits = open(draft.view())
                .filter(operation -> operation.getState() == OperationState.WAITING)
                .isPresent();
        if (waits && saga.getReissueAt() == null && !ParkRules.isFrozen(saga)) {
            saga.setReissueAt(draft.now());
        }
    }

    /** Makes an operation and issues it for the first time. */
    static void begin(
            PaymentDraft draft,
            OperationKind kind,
            int attempt,
            @Nullable Long amountMinor,
            @Nullable String commandId) {
        PaymentView view = draft.view();
        long n = 1
                + view.getOperations().stream()
                        .filter(operation -> operation.getKind() == kind)
                        .count();
        PaymentOperation operation = new PaymentOperation(
                id(view.getOrderId(), kind, n),
                kind,
                attempt,
                OperationState.REQUESTED,
                amountMinor,
                commandId,
                0,
                draft.instant(),
                draft.instant(),
                null);
        view.getOperations().add(operation);
        // A refund goes to the charge that it was asked for, even if another one pays for the order by now.
        draft.saga().setTarget(Captures.payer(draft.saga(), commandId).orElse(view.getIntentId()));
        draft.saga().setTargetReason(AskedReasons.of(draft.saga(), kind, commandId));
        issue(draft, operation);
    }

    /** Issues the same operation, under the same id, once more. */
    static void issue(PaymentDraft draft, PaymentOperation operation) {
        operation.setIssue(operation.getIssue() + 1);
        operation.setDeadline(
                Instant.ofEpochMilli(draft.now()).plus(draft.policy().commandDeadline()));
        draft.saga().setReissueAt(null);
        draft.send(command(draft, operation));
    }

    /** A read of everything that the PSP has about the order. */
    static PspCommand read(PaymentDraft draft, int number) {
        PspCommand command =
                base(draft, OperationKind.SYNC, draft.view().getAttempts().size());
        command.setOperationId(readId(draft.view().getOrderId(), number));
        command.setIntentId(readBy(draft));
        command.setIssue(1);
        command.setFirstIssuedAt(draft.instant());
        command.setDeadline(draft.instant().plus(draft.policy().commandDeadline()));
        return command;
    }

    /**
     * Which intent; null where the order's are to be searched for, of several all. What has become of an operation is proved by
     * its own intent: a search may not show it. Where that isn't known, no other one proves anything.
     */
    private static @Nullable String readBy(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        if (saga.getIntents().size() < 2) {
            return draft.view().getIntentId();
        }
        boolean hasTarget = open(draft.view())
                .filter(operation -> operation.getState() == OperationState.OUTCOME_UNKNOWN)
                .filter(operation -> operation.getKind() != OperationKind.CREATE)
                .isPresent();
        return hasTarget ? saga.getTarget() : null;
    }

    /** Whether what has become of the open one isn't known. */
    static boolean isUnknown(PaymentView view) {
        return open(view)
                .filter(operation -> operation.getState() == OperationState.OUTCOME_UNKNOWN)
                .isPresent();
    }

    static String readId(String orderId, int number) {
        return id(orderId, OperationKind.SYNC, number);
    }

    /** What is asked of the PSP is the same with each issue, whatever has become known since the first: the key is the same. */
    private static PspCommand command(PaymentDraft draft, PaymentOperation operation) {
        PspCommand command = base(draft, operation.getKind(), operation.getAttempt());
        command.setOperationId(operation.getOperationId());
        command.setIssue(operation.getIssue());
        command.setFirstIssuedAt(operation.getFirstIssuedAt());
        command.setDeadline(operation.getDeadline());
        if (operation.getKind() != OperationKind.CREATE) {
            // Where a version before this one began it, none is kept.
            @Nullable String target = draft.saga().getTarget();
            command.setIntentId(target == null ? draft.view().getIntentId() : target);
        }
        if (operation.getAmountMinor() != null) {
            command.setAmountMinor(operation.getAmountMinor());
            command.setCurrency(draft.view().getCurrency());
        }
        switch (operation.getKind()) {
            case CREATE, CONFIRM -> command.setPaymentMethod(draft.saga().getPaymentMethod());
            case CANCEL, REFUND -> {
                String reason = draft.saga().getTargetReason();
                command.setReason(reason == null ? AskedReasons.unasked(draft.saga(), operation.getKind()) : reason);
            }
            case CAPTURE, SYNC, UNKNOWN -> {
                // nothing more to say
            }
        }
        return command;
    }

    private static PspCommand base(PaymentDraft draft, OperationKind kind, int attempt) {
        PspCommand command = new PspCommand();
        command.setOrderId(draft.view().getOrderId());
        command.setKind(kind);
        command.setAttempt(attempt);
        command.setCaptureMode(draft.saga().getCaptureMode());
        command.setPresence(draft.saga().getPresence());
        return command;
    }

    private static String id(String orderId, OperationKind kind, long n) {
        return orderId + ":" + kind.name().toLowerCase(Locale.ROOT) + ":" + n;
    }

    /** Whether it is known that the attempt's confirmation was carried out. */
    static boolean isConfirmed(PaymentView view, int attempt) {
        return view.getOperations().stream()
                .anyMatch(operation -> operation.getAttempt() == attempt
                        && operation.getKind() == OperationKind.CONFIRM
                        && operation.getState() == OperationState.EXECUTED);
    }
}
