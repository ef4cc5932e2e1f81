package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaPark;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders that can't go on by themselves, and their dead letters. Pure. */
final class ParkRules {

    private ParkRules() {}

    /** Whether nothing happens by itself any more. What conflicts with its order can still be refunded. */
    static boolean isFrozen(PaymentSaga saga) {
        return saga.getPark() != null && saga.getPark().getCause() != ParkCause.CONFLICT;
    }

    /** Parks the order, unless it is. */
    static void park(PaymentDraft draft, ParkCause cause, String message) {
        PaymentSaga saga = draft.saga();
        if (saga.getPark() != null) {
            return;
        }
        saga.setParks(saga.getParks() + 1);
        String id = draft.view().getOrderId() + ":parked:" + saga.getParks();
        saga.setPark(new SagaPark(id, cause, message, draft.now()));
        draft.view().setDeadLetterId(id);
        saga.setReadOpen(false);
        saga.setReadAt(null);
    }

    /** Takes the order up again; its counters begin anew. */
    static void resume(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        saga.setPark(null);
        draft.view().setDeadLetterId(null);
        saga.setWaits(0);
        saga.setRung(0);
        saga.setFailures(0);
        saga.setReadAt(null);
        saga.setReadOpen(false);
    }

    /** The dead letters that a change has settled or made, in this order; an order that is taken up may be parked at once again. */
    static List<ParkedOrder> deadLetters(@Nullable PaymentSaga before, PaymentSaga after, String actor, Instant at) {
        SagaPark was = before == null ? null : before.getPark();
        SagaPark is = after.getPark();
        if (was != null && is != null && was.getDeadLetterId().equals(is.getDeadLetterId())) {
            return List.of();
        }
        List<ParkedOrder> letters = new ArrayList<>();
        if (was != null) {
            letters.add(letter(after.getView(), was, DeadLetterStatus.RESOLVED, actor, at));
        }
        if (is != null) {
            letters.add(letter(after.getView(), is, DeadLetterStatus.OPEN, null, at));
        }
        return letters;
    }

    private static ParkedOrder letter(
            PaymentView view, SagaPark park, DeadLetterStatus status, @Nullable String by, Instant at) {
        return new ParkedOrder(
                park.getDeadLetterId(),
                view.getOrderId(),
                status,
                park.getCause(),
                park.getMessage(),
                whatToDo(park.getCause()),
                status == DeadLetterStatus.OPEN && isReplayable(park.getCause()),
                history(view),
                view,
                by,
                Instant.ofEpochMilli(park.getParkedAt()),
                at);
    }

    /** Whether the order can go on where it was; the other causes stay true however often they are replayed. */
    static boolean isReplayable(ParkCause cause) {
        return switch (cause) {
            case EXHAUSTED, REFUSED, KEY_REUSED -> true;
            case POISON, CONFLICT, ORPHAN, UNKNOWN -> false;
        };
    }

    private static String whatToDo(ParkCause cause) {
        return switch (cause) {
            case POISON ->
                "Find out who wrote the command; the order was never started. Place it again under a new id.";
            case EXHAUSTED ->
                "See whether the PSP is reachable and what it has of this order (its id is in the metadata). Then replay:"
                        + " the same operation goes on, or the PSP is read where it is older than its key; nothing is charged"
                        + " twice. What the PSP says it has done and doesn't show is only read: do it at the PSP, a refund with"
                        + " its operation's id as operation_id in the metadata; it settles by itself then.";
            case CONFLICT ->
                "Compare the PSP's payment intent with the order. Refund what was captured (the order then ends as"
                        + " REFUNDED), or settle it with the player. A replay changes nothing as long as they differ. With"
                        + " more than one payment intent the player keeps the games as long as one of them pays for the"
                        + " order: refund the other charges at the PSP. A refund here gives back the one that pays. The"
                        + " order stays parked until nothing is left of any.";
            case REFUSED ->
                "Mend what the PSP complains of (see the message), then replay. An order that it won't take at all is"
                        + " ended by a cancel.";
            case KEY_REUSED ->
                "Two requests with one operation id and different bodies: a defect. Compare the PSP's request log with"
                        + " payments.psp-commands.v1 before anything else; then replay, which only reads.";
            case ORPHAN ->
                "The PSP tells of an order that was never placed. Find out who made the charge and refund it there."
                        + " It settles by itself once the order is placed.";
            case UNKNOWN -> "Look at the journal of the order.";
        };
    }

    private static List<String> history(PaymentView view) {
        List<String> lines = new ArrayList<>();
        view.getAttempts()
                .forEach(attempt -> lines.add("attempt " + attempt.getNumber() + ": " + attempt.getState()
                        + (attempt.getDeclineCode() == null ? "" : " (" + attempt.getDeclineCode() + ")")));
        view.getOperations()
                .forEach(operation -> lines.add(operation.getFirstIssuedAt() + " " + operation.getOperationId() + ": "
                        + operation.getState() + ", issued " + operation.getIssue() + " time(s)"
                        + (operation.getProblem() == null ? "" : ", " + operation.getProblem())));
        view.getRefunds()
                .forEach(refund -> lines.add("refund " + refund.getRefundId() + ": " + refund.getStatus() + " "
                        + refund.getAmountMinor() + " " + view.getCurrency()));
        view.getDisputes()
                .forEach(dispute -> lines.add("dispute " + dispute.getDisputeId() + ": " + dispute.getStatus() + " "
                        + dispute.getAmountMinor() + " " + view.getCurrency()));
        lines.add("journal up to entry " + view.getSeq());
        return lines;
    }
}
