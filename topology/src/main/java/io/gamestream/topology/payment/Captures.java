package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaCapture;
import io.gamestream.schemas.internal.payments.SagaMove;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspFact;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which payment intents of an order have taken money, and which have given it back. One intent is expected; whoever has access to
 * the PSP can make more. Pure.
 */
final class Captures {

    private static final Comparator<SagaMove> BY_OBJECT = Comparator.comparing(SagaMove::getObject);

    private Captures() {}

    /** Money was taken; of several amounts of one intent the largest counts. */
    static void add(PaymentSaga saga, String intentId, long amountMinor) {
        List<SagaCapture> known = saga.getCaptures();
        if (known.isEmpty()) {
            known.addAll(of(saga));
        }
        find(known, intentId)
                .ifPresentOrElse(
                        capture -> capture.setAmountMinor(Math.max(capture.getAmountMinor(), amountMinor)),
                        () -> known.add(new SagaCapture(intentId, amountMinor)));
        known.sort(Comparator.comparing(SagaCapture::getIntentId));
    }

    /**
     * The order's own intent is what its operations made: the answer says so, or a webhook that names the operation. Of two the
     * first by id is taken.
     */
    static void made(PaymentSaga saga, PspFact intent, boolean answersIts) {
        String id = String.valueOf(intent.getOperationId());
        String order = saga.getView().getOrderId();
        boolean own = answersIts || id.startsWith(order + ":create:") || id.startsWith(order + ":confirm:");
        if (own && (saga.getOwn() == null || intent.getId().compareTo(saga.getOwn()) < 0)) {
            saga.setOwn(intent.getId());
        }
    }

    /** A refund or dispute moves the money of one intent, for ever: by the PSP's id, and by ours of a refund that was asked for. */
    static void moves(PaymentSaga saga, String object, @Nullable String intentId) {
        if (intentId == null) {
            return;
        }
        SagaMove move = new SagaMove(object, intentId);
        int at = Collections.binarySearch(saga.getMoves(), move, BY_OBJECT);
        if (at < 0) {
            saga.getMoves().add(-at - 1, move);
        }
    }

    /** The intent whose money a refund or dispute moves, by either id; empty where none is named. */
    static Optional<String> payer(PaymentSaga saga, @Nullable String object) {
        if (object == null) {
            return Optional.empty();
        }
        int at = Collections.binarySearch(saga.getMoves(), new SagaMove(object, ""), BY_OBJECT);
        return at < 0 ? Optional.empty() : Optional.of(saga.getMoves().get(at).getIntentId());
    }

    /** By intent. A version before this one kept the amounts alone: they were the order's only intent's. */
    static List<SagaCapture> of(PaymentSaga saga) {
        PaymentView view = saga.getView();
        return saga.getCaptures().isEmpty() && view.getCapturedMinor() > 0 && view.getIntentId() != null
                ? List.of(new SagaCapture(view.getIntentId(), view.getCapturedMinor()))
                : saga.getCaptures();
    }

    /** What an intent has taken, before refunds; empty where that isn't known of it. */
    static Optional<Long> taken(PaymentSaga saga, @Nullable String intentId) {
        return intentId == null
                ? Optional.empty()
                : find(saga.getCaptures(), intentId).map(SagaCapture::getAmountMinor);
    }

    /**
     * The intent whose money has paid for the order; the money of all others is nobody's revenue. That there are others is a
     * conflict for somebody to look at, and no reason to take away what was paid for. Of several that agree with the order it is
     * one whose money is with us, and not disputed if there is one; of those the order's own.
     */
    static Optional<String> sale(PaymentSaga saga) {
        if (!saga.getPlaced()) {
            return Optional.empty();
        }
        List<SagaCapture> captures = of(saga);
        if (captures.size() == 1 && saga.getIntents().size() <= 1) {
            return Purchase.conflict(saga).isEmpty()
                    ? Optional.of(captures.get(0).getIntentId())
                    : Optional.empty();
        }
        return captures.stream()
                .filter(capture -> capture.getAmountMinor() == Purchase.expectedCapture(saga)
                        && Currencies.isOwn(saga, capture.getIntentId()))
                .min(Comparator.comparing((SagaCapture capture) -> trouble(saga, capture))
                        .thenComparing(capture -> !capture.getIntentId().equals(saga.getOwn()))
                        .thenComparing(SagaCapture::getIntentId))
                .map(SagaCapture::getIntentId);
    }

    /**
     * The one that the order's operations and the sums of its view are about: the one that has paid for it, or else one that has
     * taken money before one that has not.
     */
    static @Nullable String intent(PaymentSaga saga) {
        List<String> known = saga.getIntents();
        Stream<String> own = Optional.ofNullable(saga.getOwn()).stream();
        Stream<String> taken = of(saga).stream().map(SagaCapture::getIntentId);
        // A charge that names no intent is none.
        return Stream.of(sale(saga).stream(), taken, own, known.stream())
                .flatMap(each -> each)
                .filter(known::contains)
                .findFirst()
                .orElse(null);
    }

    /** Those that move the money of the intent that the view's sums are about, and those that don't say whose. */
    static Stream<PaymentRefund> refunds(PaymentSaga saga) {
        return saga.getView().getRefunds().stream().filter(refund -> isOfOwn(saga, () -> payer(saga, refund)));
    }

    /** Those that move the money of the intent that the view's sums are about, and those that don't say whose. */
    static Stream<PaymentDispute> disputes(PaymentSaga saga) {
        return saga.getView().getDisputes().stream()
                .filter(dispute -> isOfOwn(saga, () -> payer(saga, dispute.getDisputeId())));
    }

    /** Whether there was money, and nothing of it is left; of several intents each has given its own back, or lost it. */
    static boolean areReturned(PaymentSaga saga) {
        PaymentView view = saga.getView();
        return of(saga).size() <= 1
                ? view.getCapturedMinor() > 0 && view.getRefundedMinor() >= view.getCapturedMinor()
                : of(saga).stream().allMatch(capture -> left(saga, capture, RefundStatus.SUCCEEDED::equals) <= 0);
    }

    /** What is left of an intent's money, by refunds and disputes that say whose money they move. */
    private static long left(PaymentSaga saga, SagaCapture capture, Predicate<RefundStatus> which) {
        long refunded = saga.getView().getRefunds().stream()
                .filter(refund -> which.test(RefundStatus.of(refund)) && isOf(payer(saga, refund), capture))
                .mapToLong(PaymentRefund::getAmountMinor)
                .sum();
        long lost = saga.getView().getDisputes().stream()
                .filter(dispute -> Purchase.isLost(dispute) && isOf(payer(saga, dispute.getDisputeId()), capture))
                .mapToLong(PaymentDispute::getAmountMinor)
                .sum();
        return capture.getAmountMinor() - refunded - lost;
    }

    /** How much there is against taking an intent's money for what has paid; the games would be revoked, or suspended. */
    private static int trouble(PaymentSaga saga, SagaCapture capture) {
        List<PaymentDispute> disputes = saga.getView().getDisputes().stream()
                .filter(dispute -> isOf(payer(saga, dispute.getDisputeId()), capture))
                .toList();
        if (disputes.stream().anyMatch(Purchase::isLost) || left(saga, capture, RefundStatus::isAccepted) <= 0) {
            return 2;
        }
        return disputes.stream().anyMatch(Purchase::isOpen) ? 1 : 0;
    }

    private static boolean isOf(Optional<String> payer, SagaCapture capture) {
        return payer.filter(capture.getIntentId()::equals).isPresent();
    }

    /** Or of nobody that is known; of an order with one intent all are. */
    private static boolean isOfOwn(PaymentSaga saga, Supplier<Optional<String>> payer) {
        String own = saga.getView().getIntentId();
        return saga.getIntents().size() <= 1
                || payer.get().map(intent -> intent.equals(own)).orElse(true);
    }

    private static Optional<String> payer(PaymentSaga saga, PaymentRefund refund) {
        return payer(saga, refund.getPspRefundId()).or(() -> payer(saga, refund.getRefundId()));
    }

    private static Optional<SagaCapture> find(List<SagaCapture> captures, String intentId) {
        return captures.stream()
                .filter(capture -> capture.getIntentId().equals(intentId))
                .findFirst();
    }
}
