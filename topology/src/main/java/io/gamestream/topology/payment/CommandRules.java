package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.topology.payment.PaymentTransitions.PaymentSignal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What players, staff and operators ask for. Pure. */
final class CommandRules {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private CommandRules() {}

    static void asked(PaymentDraft draft, OrderCommand command, long lsn) {
        switch (command.getKind()) {
            case PLACE -> place(draft, command, lsn);
            case CAPTURE -> capture(placed(draft, command), command);
            case CANCEL -> cancel(placed(draft, command), Purchase.PLAYER, command.getReason());
            case REFUND -> RefundRules.asked(placed(draft, command), command);
            case UNKNOWN ->
                throw new BadRecordException("command " + command.getCommandId()
                        + ": a kind that this version doesn't know; replay it with one that does");
        }
    }

    /** The timer of orders that aren't paid. */
    static void expired(PaymentDraft draft) {
        cancel(draft, Purchase.EXPIRY, null);
    }

    static void administered(PaymentDraft draft, AdminCommand command) {
        PaymentSaga saga = draft.saga();
        switch (command.getKind()) {
            case REPLAY -> {
                if (saga.getPark() != null
                        && saga.getPark().getDeadLetterId().equals(command.getDeadLetterId())
                        && ParkRules.isReplayable(saga.getPark().getCause())) {
                    ParkRules.resume(draft);
                    goOn(draft);
                }
            }
            // Whoever asks has just changed something there: a read that is under way may have looked before.
            case SYNC -> read(draft);
            case UNKNOWN ->
                throw new BadRecordException("admin command " + command.getCommandId()
                        + ": a kind that this version doesn't know; replay it with one that does");
        }
    }

    static void differs(PaymentDraft draft, ReconciliationBreak found) {
        if (found.getStatus() == BreakStatus.OPEN && !draft.saga().getReadOpen()) {
            read(draft);
        }
    }

    private static void place(PaymentDraft draft, OrderCommand command, long lsn) {
        PaymentSaga saga = draft.saga();
        PaymentView view = draft.view();
        if (saga.getPlaced()) {
            return;
        }
        if (saga.getPark() != null && saga.getPark().getCause() == ParkCause.ORPHAN) {
            ParkRules.resume(draft);
        }
        @Nullable String problem = problem(command);
        if (problem != null) {
            ParkRules.park(draft, ParkCause.POISON, "order " + command.getOrderId() + ": " + problem);
            return;
        }
        if (saga.getPark() != null) {
            ParkRules.resume(draft);
        }
        saga.setPlaced(true);
        saga.setOrphanAt(null);
        saga.setPresence(command.getPresence());
        saga.setCaptureMode(command.getCaptureMode());
        saga.setPaymentMethod(command.getPaymentMethod());
        Duration expiry =
                switch (command.getPresence()) {
                    case OFF_SESSION -> draft.policy().offSessionExpiry();
                    case INTERACTIVE, UNKNOWN -> draft.policy().expiry();
                };
        saga.setExpiresAt(draft.now() + expiry.toMillis());
        view.setUserId(command.getUserId());
        view.setTotalMinor(total(command.getLines()));
        view.setCurrency(String.valueOf(command.getCurrency()));
        Currencies.placed(saga);
        view.setPlacedAt(command.getAt());
        view.setPlacedLsn(lsn);
        command.getLines().forEach(line -> view.getLines()
                .add(new PaymentLine(
                        line.getGameId(),
                        line.getQuantity(),
                        line.getUnitPriceMinor(),
                        false,
                        0L,
                        GrantState.NONE.name())));
    }

    /** What breaks the contract of a placed order; null where nothing does. */
    private static @Nullable String problem(OrderCommand command) {
        if (command.getUserId() == null) {
            return "nobody buys it (userId is missing)";
        }
        if (command.getCurrency() == null
                || !CURRENCY.matcher(command.getCurrency()).matches()) {
            return "currency " + command.getCurrency() + " (expected: ISO 4217, upper case)";
        }
        if (command.getLines().isEmpty()) {
            return "no lines (expected: at least one)";
        }
        Set<String> games = new HashSet<>();
        for (OrderLine line : command.getLines()) {
            if (line.getQuantity() < 1 || line.getUnitPriceMinor() < 0 || !games.add(line.getGameId())) {
                return "line of game " + line.getGameId() + " has quantity " + line.getQuantity() + " and price "
                        + line.getUnitPriceMinor() + " (expected: >= 1 and >= 0, each game once)";
            }
        }
        long total;
        try {
            total = total(command.getLines());
        } catch (ArithmeticException e) {
            return "its lines cost more than can be counted";
        }
        if (command.getTotalMinor() == null || command.getTotalMinor() != total) {
            return "total " + command.getTotalMinor() + " (expected: " + total + ", the sum of its lines)";
        }
        return total > 0 && command.getPaymentMethod() == null
                ? "no payment method for " + total + " " + command.getCurrency()
                : null;
    }

    private static long total(List<OrderLine> lines) {
        long total = 0;
        for (OrderLine line : lines) {
            total = Math.addExact(total, Math.multiplyExact(line.getUnitPriceMinor(), (long) line.getQuantity()));
        }
        return total;
    }

    private static void capture(PaymentDraft draft, OrderCommand command) {
        PaymentSaga saga = draft.saga();
        PaymentView view = draft.view();
        if (saga.getCaptureMode() != CaptureMode.MANUAL || saga.getCaptureAsked() || view.getCapturedMinor() > 0) {
            draft.note("capture " + command.getCommandId() + " does nothing: the money is taken "
                    + (saga.getCaptureMode() == CaptureMode.MANUAL ? "already" : "without being asked for"));
            return;
        }
        Set<String> known = new HashSet<>();
        view.getLines().forEach(line -> known.add(line.getGameId()));
        if (!known.containsAll(command.getGameIds())) {
            draft.note("capture " + command.getCommandId() + " does nothing: games " + command.getGameIds()
                    + " (expected: of " + known + ")");
            return;
        }
        if (!command.getGameIds().isEmpty() && Purchase.linesMinor(view, command.getGameIds()) == 0) {
            draft.note("capture " + command.getCommandId() + " does nothing: games " + command.getGameIds()
                    + " cost nothing (expected: at least one that does)");
            return;
        }
        saga.setCaptureAsked(true);
        command.getGameIds().stream().distinct().sorted().forEach(game -> saga.getCaptureGames()
                .add(game));
    }

    private static void cancel(PaymentDraft draft, String by, @Nullable String reason) {
        PaymentSaga saga = draft.saga();
        PaymentState payment = draft.view().getPayment();
        boolean possible = PaymentTransitions.PAYMENT.next(payment, PaymentSignal.CANCEL_ASKED) != payment;
        if (!possible || draft.view().getCapturedMinor() > 0) {
            draft.note("too late to cancel: the payment is " + payment);
            return;
        }
        saga.setCancelAsked(by);
        saga.setCancelReason(reason);
        draft.signal(PaymentSignal.CANCEL_ASKED);
        Operations.open(draft.view())
                .filter(operation -> operation.getState() == OperationState.WAITING)
                .ifPresent(operation -> AnswerRules.lost(draft, operation, AnswerRules.GIVEN_UP));
    }

    private static void goOn(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        Operations.open(draft.view()).ifPresent(operation -> {
            switch (operation.getState()) {
                case WAITING -> saga.setReissueAt(draft.now());
                case OUTCOME_UNKNOWN -> ReadRules.read(draft);
                case REQUESTED, FAILED, EXECUTED, UNKNOWN -> {
                    // Its timer is armed by its own deadline.
                }
            }
        });
        if (!saga.getReadOpen() && saga.getReadWanted()) {
            ReadRules.read(draft);
        }
    }

    private static void read(PaymentDraft draft) {
        if (draft.saga().getPlaced()) {
            draft.saga().setReadWanted(true);
            ReadRules.read(draft);
        }
    }

    private static PaymentDraft placed(PaymentDraft draft, OrderCommand command) {
        if (!draft.saga().getPlaced() && draft.saga().getPark() == null) {
            throw new BadRecordException(
                    "command " + command.getCommandId() + ": order " + command.getOrderId() + " was never placed");
        }
        return draft;
    }
}
