package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaPosted;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Leg;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PostingKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Double entry: what is known of the PSP's objects says how much of each kind must have been posted; what hasn't been yet is
 * posted now, with all legs in one record. An amount that falls is posted the other way round. Pure.
 */
final class LedgerRules {

    /** How much of one kind must be posted for one object. */
    private record Target(String object, PostingKind kind, String currency, long amountMinor) {}

    private record Accounts(String debit, String credit) {}

    static final String CLEARING = "psp_clearing";
    static final String REVENUE = "revenue";
    static final String SUSPENSE = "suspense";
    static final String FEES = "psp_fees";
    static final String REFUNDS = "refunds";
    static final String HOLD = "dispute_hold";
    static final String LOSS = "chargeback_loss";

    private LedgerRules() {}

    /** Whether anything is to be posted now. A fee in another currency is in no sum of the view. */
    static boolean owes(PaymentSaga saga) {
        return targets(saga).stream()
                .anyMatch(target -> target.amountMinor()
                        != posted(saga, target).map(SagaPosted::getAmountMinor).orElse(0L));
    }

    /** What is to be posted now; the saga remembers it. */
    static List<LedgerPosting> post(PaymentSaga saga, long seq, Instant at) {
        List<LedgerPosting> postings = new ArrayList<>();
        for (Target target : targets(saga)) {
            Optional<SagaPosted> before = posted(saga, target);
            long delta = target.amountMinor()
                    - before.map(SagaPosted::getAmountMinor).orElse(0L);
            if (delta != 0) {
                SagaPosted posted = before.orElseGet(() -> remember(saga, target));
                posted.setAmountMinor(target.amountMinor());
                posted.setPostings(posted.getPostings() + 1);
                postings.add(posting(saga.getView().getOrderId(), target, posted.getPostings(), delta, seq, at));
            }
        }
        return postings;
    }

    private static Optional<SagaPosted> posted(PaymentSaga saga, Target target) {
        return saga.getPosted().stream()
                .filter(posted -> posted.getObject().equals(target.object()) && posted.getKind() == target.kind())
                .findFirst();
    }

    private static SagaPosted remember(PaymentSaga saga, Target target) {
        SagaPosted posted = new SagaPosted(target.object(), target.kind(), 0L, 0);
        saga.getPosted().add(posted);
        return posted;
    }

    private static List<Target> targets(PaymentSaga saga) {
        PaymentView view = saga.getView();
        List<Target> targets = new ArrayList<>();
        // Money that agrees with no order is nobody's revenue.
        Optional<String> sale = Captures.sale(saga);
        Captures.of(saga).forEach(capture -> {
            boolean agrees = sale.filter(capture.getIntentId()::equals).isPresent();
            long captured = capture.getAmountMinor();
            String taken = Currencies.of(saga, capture.getIntentId());
            targets.add(new Target(capture.getIntentId(), PostingKind.CAPTURE, taken, agrees ? captured : 0));
            targets.add(new Target(capture.getIntentId(), PostingKind.CAPTURE_SUSPENDED, taken, agrees ? 0 : captured));
        });
        view.getRefunds().stream()
                .filter(refund -> refund.getPspRefundId() != null)
                .forEach(refund -> targets.add(refund(saga, refund)));
        view.getDisputes()
                .forEach(dispute -> targets.addAll(disputed(dispute, Currencies.of(saga, dispute.getDisputeId()))));
        saga.getFees()
                .forEach(fee -> targets.add(
                        new Target(fee.getTransactionId(), PostingKind.FEE, fee.getCurrency(), fee.getFeeMinor())));
        return targets;
    }

    private static Target refund(PaymentSaga saga, PaymentRefund refund) {
        long amount = RefundStatus.of(refund).isAccepted() ? refund.getAmountMinor() : 0;
        String id = String.valueOf(refund.getPspRefundId());
        return new Target(id, PostingKind.REFUND, Currencies.of(saga, id), amount);
    }

    private static List<Target> disputed(PaymentDispute dispute, String currency) {
        boolean lost = Purchase.isLost(dispute);
        // Some webhooks don't say what was withdrawn; of a lost dispute it is known.
        long withdrawn =
                lost ? Math.max(dispute.getWithdrawnMinor(), dispute.getAmountMinor()) : dispute.getWithdrawnMinor();
        long back = dispute.getReinstatedMinor();
        String id = dispute.getDisputeId();
        return List.of(
                new Target(id, PostingKind.DISPUTE_WITHDRAWN, currency, withdrawn),
                new Target(id, PostingKind.DISPUTE_REINSTATED, currency, back),
                new Target(id, PostingKind.DISPUTE_LOST, currency, lost ? withdrawn - back : 0));
    }

    private static LedgerPosting posting(String orderId, Target target, int n, long amountMinor, long seq, Instant at) {
        PostingKind kind =
                target.kind() == PostingKind.REFUND && amountMinor < 0 ? PostingKind.REFUND_REVERSED : target.kind();
        Accounts accounts = accounts(target.kind());
        return new LedgerPosting(
                target.object() + ":" + target.kind() + ":" + n,
                orderId,
                kind,
                target.object(),
                target.currency(),
                List.of(new Leg(accounts.debit(), amountMinor), new Leg(accounts.credit(), -amountMinor)),
                seq,
                at);
    }

    private static Accounts accounts(PostingKind kind) {
        return switch (kind) {
            case CAPTURE -> new Accounts(CLEARING, REVENUE);
            case CAPTURE_SUSPENDED -> new Accounts(CLEARING, SUSPENSE);
            case FEE -> new Accounts(FEES, CLEARING);
            case REFUND, REFUND_REVERSED -> new Accounts(REFUNDS, CLEARING);
            case DISPUTE_WITHDRAWN -> new Accounts(HOLD, CLEARING);
            case DISPUTE_REINSTATED -> new Accounts(CLEARING, HOLD);
            case DISPUTE_LOST -> new Accounts(LOSS, HOLD);
            case UNKNOWN -> throw new IllegalArgumentException("posting kind: UNKNOWN (expected: one that is posted)");
        };
    }
}
