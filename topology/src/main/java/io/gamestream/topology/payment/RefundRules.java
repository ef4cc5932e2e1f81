package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be refunded. An order's refunds are in its state, in each of its journal entries and in its view, so that there is
 * a bound to how many are kept, however often someone asks. Pure.
 */
final class RefundRules {

    /** More than any order has lines, so that each of them can be refunded by itself. */
    static final int MOST = 60;

    /** Refused ones are kept for who asked, up to this many; the journal has a note of each that comes later. */
    static final int MOST_REFUSED = 20;

    /** What was asked for is told back in part only: it may be as long as a request. */
    private static final int LONGEST_REFUSAL = 300;

    /** How often money that came too late is tried to be given back. */
    private static final int LATE_REFUNDS = 3;

    private static final String LATE = ":late:";

    private RefundRules() {}

    /** Someone asks for a refund: by lines, of an amount, or of all that is left. */
    static void asked(PaymentDraft draft, OrderCommand command) {
        PaymentView view = draft.view();
        boolean repeated = view.getRefunds().stream()
                .anyMatch(refund -> refund.getRefundId().equals(command.getCommandId()));
        if (repeated) {
            return;
        }
        List<String> games = games(draft.saga(), command);
        long amount = amount(draft.saga(), command, games);
        @Nullable String refusal = refusal(draft.saga(), command, amount);
        if (refusal != null && !keepsRefused(view)) {
            draft.note("refund " + command.getCommandId() + " is refused: " + shortened(refusal));
            return;
        }
        add(
                draft,
                new PaymentRefund(
                        command.getCommandId(),
                        null,
                        (refusal == null ? RefundStatus.QUEUED : RefundStatus.REJECTED).name(),
                        amount,
                        games.stream()
                                .filter(game -> line(view, game).isPresent())
                                .toList(),
                        refusal == null ? command.getReason() : shortened(refusal)));
    }

    private static boolean keepsRefused(PaymentView view) {
        return view.getRefunds().stream()
                        .filter(refund -> RefundStatus.of(refund) == RefundStatus.REJECTED)
                        .count()
                < MOST_REFUSED;
    }

    private static String shortened(String refusal) {
        return refusal.length() <= LONGEST_REFUSAL ? refusal : refusal.substring(0, LONGEST_REFUSAL) + "...";
    }

    /** Ours come first, in the order in which they were asked for. */
    private static void add(PaymentDraft draft, PaymentRefund refund) {
        Captures.moves(draft.saga(), refund.getRefundId(), draft.view().getIntentId());
        List<PaymentRefund> all = draft.view().getRefunds();
        int at = 0;
        while (at < all.size() && !all.get(at).getRefundId().equals(all.get(at).getPspRefundId())) {
            at++;
        }
        all.add(at, refund);
    }

    /** The next one that is to be issued. */
    static Optional<PaymentRefund> next(PaymentView view) {
        return view.getRefunds().stream()
                .filter(refund -> RefundStatus.of(refund) == RefundStatus.QUEUED)
                .findFirst();
    }

    static void begin(PaymentDraft draft, PaymentRefund refund) {
        refund.setStatus(RefundStatus.REQUESTED.name());
        Operations.begin(
                draft,
                OperationKind.REFUND,
                draft.view().getAttempts().size(),
                refund.getAmountMinor(),
                refund.getRefundId());
    }

    /** Its operation is known never to have happened: another one may. */
    static void again(PaymentDraft draft, PaymentOperation operation) {
        requested(draft.view(), operation).ifPresent(refund -> refund.setStatus(RefundStatus.QUEUED.name()));
    }

    /** Whether what it gives back was asked of the PSP, and nothing has become known of it since. */
    static boolean isRequested(PaymentView view, PaymentOperation operation) {
        return requested(view, operation).isPresent();
    }

    private static Optional<PaymentRefund> requested(PaymentView view, PaymentOperation operation) {
        return view.getRefunds().stream()
                .filter(refund -> refund.getRefundId().equals(operation.getCommandId())
                        && RefundStatus.of(refund) == RefundStatus.REQUESTED)
                .findFirst();
    }

    static void rejected(PaymentDraft draft, PaymentOperation operation, String problem) {
        draft.view().getRefunds().stream()
                .filter(refund ->
                        refund.getRefundId().equals(operation.getCommandId()) && refund.getPspRefundId() == null)
                .forEach(refund -> {
                    refund.setStatus(RefundStatus.REJECTED.name());
                    refund.setReason(problem);
                });
    }

    /** Money that came after the order was given up goes back, unless it is welcome; not while the order is parked. */
    static void late(PaymentDraft draft) {
        PaymentView view = draft.view();
        if (ParkRules.isFrozen(draft.saga())) {
            return;
        }
        if (view.getPayment() != PaymentState.LATE_CAPTURED || draft.policy().fulfilLateCaptures()) {
            return;
        }
        long left = Purchase.refundableMinor(draft.saga());
        long tried = view.getRefunds().stream()
                .filter(refund -> refund.getRefundId().contains(LATE))
                .count();
        if (left <= 0 || Purchase.isDisputed(draft.saga())) {
            return;
        }
        if (tried >= LATE_REFUNDS * (1L + draft.saga().getParks())) {
            ParkRules.park(
                    draft,
                    ParkCause.REFUSED,
                    left + " " + view.getCurrency() + " came after the order was given up and could not be refunded in "
                            + tried + " tries");
            return;
        }
        add(
                draft,
                new PaymentRefund(
                        view.getOrderId() + LATE + (tried + 1),
                        null,
                        RefundStatus.QUEUED.name(),
                        left,
                        new ArrayList<>(),
                        "paid after the order was given up"));
    }

    private static List<String> games(PaymentSaga saga, OrderCommand command) {
        if (command.getAmountMinor() != null) {
            return new ArrayList<>();
        }
        if (!command.getGameIds().isEmpty()) {
            return command.getGameIds().stream().distinct().toList();
        }
        return saga.getView().getLines().stream()
                .filter(PaymentLine::getCaptured)
                .map(PaymentLine::getGameId)
                .filter(game -> !isTaken(saga, game))
                .toList();
    }

    private static long amount(PaymentSaga saga, OrderCommand command, List<String> games) {
        if (command.getAmountMinor() != null) {
            return command.getAmountMinor();
        }
        return command.getGameIds().isEmpty()
                ? Math.max(0, Purchase.refundableMinor(saga))
                : Purchase.linesMinor(saga.getView(), games);
    }

    private static @Nullable String refusal(PaymentSaga saga, OrderCommand command, long amount) {
        PaymentView view = saga.getView();
        if (view.getCapturedMinor() == 0) {
            return "nothing is captured; cancel the order instead";
        }
        for (String game : command.getGameIds()) {
            Optional<PaymentLine> line = line(view, game);
            if (line.isEmpty() || !line.get().getCaptured()) {
                return "game " + game + " was not paid for with this order";
            }
            if (isTaken(saga, game)) {
                return "game " + game + " is refunded already, or about to be";
            }
        }
        if (Purchase.isDisputed(saga)) {
            return "a dispute is open; the bank decides";
        }
        if (view.getRefunds().size() >= MOST) {
            return view.getRefunds().size() + " refunds of this order are known (expected: less than " + MOST
                    + "); staff can make another one at the PSP";
        }
        long left = Purchase.refundableMinor(saga);
        return amount <= 0 || amount > left
                ? "amount " + amount + " (expected: 1 to " + left + " " + view.getCurrency() + ")"
                : null;
    }

    private static Optional<PaymentLine> line(PaymentView view, String game) {
        return view.getLines().stream()
                .filter(line -> line.getGameId().equals(game))
                .findFirst();
    }

    private static boolean isTaken(PaymentSaga saga, String game) {
        return Captures.refunds(saga)
                .anyMatch(refund -> refund.getGameIds().contains(game)
                        && !RefundStatus.of(refund).isDead());
    }
}
