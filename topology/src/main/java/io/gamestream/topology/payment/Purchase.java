package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspStatus;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Sums of one order, all of them functions of what is known. Pure. */
final class Purchase {

    static final String PLAYER = "PLAYER";
    static final String EXPIRY = "EXPIRY";

    private static final Set<PspStatus> OPEN_DISPUTES = EnumSet.of(PspStatus.NEEDS_RESPONSE, PspStatus.UNDER_REVIEW);
    private static final Set<PspStatus> OPEN_INQUIRIES =
            EnumSet.of(PspStatus.WARNING_NEEDS_RESPONSE, PspStatus.WARNING_UNDER_REVIEW);

    private Purchase() {}

    static long lineMinor(PaymentLine line) {
        return Math.multiplyExact(line.getUnitPriceMinor(), (long) line.getQuantity());
    }

    static long linesMinor(PaymentView view, Collection<String> gameIds) {
        return view.getLines().stream()
                .filter(line -> gameIds.contains(line.getGameId()))
                .mapToLong(Purchase::lineMinor)
                .sum();
    }

    /** What a capture must come to. */
    static long expectedCapture(PaymentSaga saga) {
        return saga.getCaptureAsked() && !saga.getCaptureGames().isEmpty()
                ? linesMinor(saga.getView(), saga.getCaptureGames())
                : saga.getView().getTotalMinor();
    }

    /** What the PSP's objects have against the order; empty where they agree. */
    static Optional<String> conflict(PaymentSaga saga) {
        PaymentView view = saga.getView();
        if (!saga.getPlaced()) {
            return Optional.empty();
        }
        if (saga.getIntents().size() > 1) {
            return Optional.of("payment intents " + saga.getIntents() + " (expected: one)");
        }
        if (view.getTotalMinor() == 0 && !saga.getIntents().isEmpty()) {
            return Optional.of("payment intent " + saga.getIntents() + " of an order without a price");
        }
        Optional<String> currency = saga.getSeenCurrencies().stream()
                .filter(seen -> !seen.equals(view.getCurrency()))
                .findFirst()
                .map(seen -> "currency " + seen + " (expected: " + view.getCurrency() + ")");
        if (currency.isPresent()) {
            return currency;
        }
        return different("amount", saga.getSeenAmounts(), view.getTotalMinor(), view)
                .or(() -> different("captured amount", saga.getSeenCaptured(), expectedCapture(saga), view));
    }

    /** Money that the PSP has taken and not given back. */
    private static long netMinor(PaymentSaga saga) {
        PaymentView view = saga.getView();
        return view.getCapturedMinor() - refundsMinor(saga, RefundStatus::isAccepted) - view.getLostMinor();
    }

    /** What can still be refunded. */
    static long refundableMinor(PaymentSaga saga) {
        PaymentView view = saga.getView();
        long live = refundsMinor(saga, status -> !status.isDead());
        return view.getCapturedMinor() - live - view.getLostMinor() - view.getDisputedMinor();
    }

    static boolean isDisputed(PaymentSaga saga) {
        return Captures.disputes(saga).anyMatch(Purchase::isOpen);
    }

    static boolean isOpen(PaymentDispute dispute) {
        return OPEN_DISPUTES.contains(dispute.getStatus());
    }

    /** Also of an inquiry, which may become a dispute or be closed. */
    static boolean isUndecided(PaymentDispute dispute) {
        return isOpen(dispute) || OPEN_INQUIRIES.contains(dispute.getStatus());
    }

    static boolean isLost(PaymentDispute dispute) {
        return dispute.getStatus() == PspStatus.LOST;
    }

    /** Writes the sums of the view anew: those of the one intent that the order's operations are about. */
    static void refresh(PaymentSaga saga) {
        PaymentView view = saga.getView();
        view.setIntentId(Captures.intent(saga));
        view.setCapturedMinor(Captures.taken(saga, view.getIntentId())
                .orElseGet(() -> saga.getSeenCaptured().isEmpty() ? 0L : Collections.max(saga.getSeenCaptured())));
        view.setRefundPendingMinor(refundsMinor(saga, RefundStatus::isPending));
        view.setRefundedMinor(refundsMinor(saga, RefundStatus.SUCCEEDED::equals));
        view.setDisputedMinor(disputesMinor(saga, Purchase::isOpen));
        view.setLostMinor(disputesMinor(saga, Purchase::isLost));
        view.setFeesMinor(saga.getFees().stream()
                .filter(fee -> fee.getCurrency().equals(view.getCurrency()))
                .mapToLong(fee -> fee.getFeeMinor())
                .sum());
        boolean paid = isPaid(saga);
        view.getLines().forEach(line -> refresh(saga, line, paid));
        view.setPaymentStatus(status(view));
    }

    /** Also while the order is in conflict, where its own money is not part of it. */
    private static boolean isPaid(PaymentSaga saga) {
        PaymentState payment = saga.getView().getPayment();
        return payment == PaymentState.CAPTURED
                || (payment == PaymentState.CONFLICTED
                        && saga.getCancelAsked() == null
                        && Captures.sale(saga).isPresent());
    }

    private static void refresh(PaymentSaga saga, PaymentLine line, boolean paid) {
        boolean captured = paid
                && (!saga.getCaptureAsked()
                        || saga.getCaptureGames().isEmpty()
                        || saga.getCaptureGames().contains(line.getGameId()));
        boolean refunded = Captures.refunds(saga)
                .anyMatch(refund -> RefundStatus.of(refund).isAccepted()
                        && refund.getGameIds().contains(line.getGameId()));
        line.setCaptured(captured);
        line.setRefundedMinor(refunded ? lineMinor(line) : 0L);
        line.setAccess(access(saga, captured, refunded).name());
    }

    /** The entitlement of a line: a function of net captured money and disputes, and of nothing else. */
    private static GrantState access(PaymentSaga saga, boolean captured, boolean refunded) {
        if (!captured) {
            return GrantState.NONE;
        }
        PaymentView view = saga.getView();
        boolean nothingLeft = view.getTotalMinor() > 0 && netMinor(saga) <= 0;
        if (refunded || nothingLeft || view.getLostMinor() > 0) {
            return GrantState.REVOKED;
        }
        return isDisputed(saga) ? GrantState.SUSPENDED : GrantState.ACTIVE;
    }

    private static String status(PaymentView view) {
        if (view.getPayment() != PaymentState.CAPTURED) {
            return view.getPayment().name();
        }
        if (view.getLostMinor() > 0) {
            return "LOST";
        }
        if (view.getDisputedMinor() > 0) {
            return "DISPUTED";
        }
        if (view.getRefundedMinor() > 0) {
            return view.getRefundedMinor() >= view.getCapturedMinor() ? "REFUNDED" : "PARTIALLY_REFUNDED";
        }
        return view.getCapturedMinor() < view.getTotalMinor() ? "PARTIALLY_CAPTURED" : "CAPTURED";
    }

    private static long refundsMinor(PaymentSaga saga, Predicate<RefundStatus> which) {
        return Captures.refunds(saga)
                .filter(refund -> which.test(RefundStatus.of(refund)))
                .mapToLong(PaymentRefund::getAmountMinor)
                .sum();
    }

    private static long disputesMinor(PaymentSaga saga, Predicate<PaymentDispute> which) {
        return Captures.disputes(saga)
                .filter(which)
                .mapToLong(PaymentDispute::getAmountMinor)
                .sum();
    }

    private static Optional<String> different(String what, List<Long> seen, long expected, PaymentView view) {
        return seen.stream()
                .filter(amount -> amount != expected)
                .findFirst()
                .map(amount -> what + " " + amount + " (expected: " + expected + " " + view.getCurrency() + ")");
    }
}
