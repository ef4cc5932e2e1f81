package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.BalanceMove.Kind;
import io.gamestream.payments.psp.DisputeState;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Leg;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PostingKind;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Payments on which all three sides agree; a test then makes them disagree. */
final class World {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final int MAX_BREAKS = 1_000;
    static final Duration SETTLE = Duration.ofHours(1);
    static final Books.Window WINDOW = new Books.Window(NOW.minus(Duration.ofHours(26)), NOW, SETTLE);

    static final Instant READ_SINCE = WINDOW.from().minus(Duration.ofHours(36));

    final List<BalanceMove> moves = new ArrayList<>();
    final List<DisputeState> disputes = new ArrayList<>();
    final Map<String, Instant> openSince = new HashMap<>();
    final Set<String> recheck = new HashSet<>();
    final List<LedgerPosting> ledger = new ArrayList<>();
    final List<PaymentView> journal = new ArrayList<>();
    private int rows;

    /** One payment and what came of it. */
    static final class Payment {

        final String order;
        final String intent;
        final PaymentView view;
        final Instant at;

        private Payment(String order, Instant at, PaymentView view) {
            this.order = order;
            this.intent = "pi_" + order;
            this.at = at;
            this.view = view;
        }
    }

    /** What a run finds, however the books are sliced. */
    Findings compared() {
        return compared(moves, ledger, 3);
    }

    /** With lists and topics in any order, as those of several partitions are. */
    Findings shuffled(Random random) {
        List<BalanceMove> someMoves = new ArrayList<>(moves);
        List<LedgerPosting> somePostings = new ArrayList<>(ledger);
        Collections.shuffle(someMoves, random);
        Collections.shuffle(somePostings, random);
        return compared(someMoves, somePostings, 1 + random.nextInt(8));
    }

    private Findings compared(List<BalanceMove> someMoves, List<LedgerPosting> somePostings, int count) {
        try (Slices slices = new Slices(count)) {
            someMoves.forEach(slices::add);
            disputes.forEach(slices::add);
            somePostings.forEach(posting -> slices.add(Posting.of(posting)));
            journal.forEach(view -> slices.add(view.getOrderId(), Claims.of(view)));
            slices.seal();
            return Comparison.of(slices, new Scope(WINDOW, READ_SINCE, openSince, recheck), MAX_BREAKS);
        }
    }

    Payment captured(String order, long amount, Instant at) {
        PaymentView view = view(order, amount, at);
        Payment payment = new Payment(order, at, view);
        view.setIntentId(payment.intent);
        journal.add(view);
        move(Kind.CAPTURE, "ch_" + order, payment.intent, order, amount, 30 + amount / 50, at);
        post(payment, PostingKind.CAPTURE, payment.intent, amount, at);
        return payment;
    }

    /** Of an order whose money was captured; its intent is the caller's to name. */
    static PaymentView view(String order, long amount, Instant at) {
        PaymentView view = new PaymentView();
        view.setOrderId(order);
        view.setUserId("u1");
        view.setStatus(OrderState.COMPLETED);
        view.setPayment(PaymentState.CAPTURED);
        view.setPaymentStatus("CAPTURED");
        view.setOutcomeKnown(true);
        view.setLines(new ArrayList<>());
        view.setTotalMinor(amount);
        view.setCurrency("EUR");
        view.setCapturedMinor(amount);
        view.setAttempts(new ArrayList<>());
        view.setOperations(new ArrayList<>());
        view.setRefunds(new ArrayList<>());
        view.setDisputes(new ArrayList<>());
        view.setPlacedAt(at);
        view.setUpdatedAt(at);
        view.setSeq(1);
        return view;
    }

    /** The whole was charged and a part of it given back at once. */
    void partially(Payment payment, long released) {
        move(Kind.CAPTURE, "ch_" + payment.order, payment.intent, payment.order, -released, 0, payment.at);
        post(payment, PostingKind.CAPTURE, payment.intent, -released, payment.at);
        payment.view.setCapturedMinor(payment.view.getCapturedMinor() - released);
    }

    String refunded(Payment payment, long amount) {
        String id = "re_" + payment.order + "_" + payment.view.getRefunds().size();
        move(Kind.REFUND, id, payment.intent, payment.order, -amount, 0, payment.at);
        post(payment, PostingKind.REFUND, id, -amount, payment.at);
        payment.view.getRefunds().add(new PaymentRefund(id, id, "SUCCEEDED", amount, List.of(), null));
        return id;
    }

    /** It comes back: nothing has moved in the end. */
    String refundFailed(Payment payment, long amount, Instant at) {
        String id = refunded(payment, amount);
        move(Kind.REFUND, id, payment.intent, payment.order, amount, 0, at);
        post(payment, PostingKind.REFUND_REVERSED, id, amount, at);
        payment.view.getRefunds().get(payment.view.getRefunds().size() - 1).setStatus("FAILED");
        return id;
    }

    String disputed(Payment payment, long amount, PspStatus status) {
        return disputed(payment, amount, status, payment.at);
    }

    /** @param decided when it was won or lost */
    String disputed(Payment payment, long amount, PspStatus status, Instant decided) {
        String id = "dp_" + payment.order;
        move(Kind.DISPUTE, id, payment.intent, payment.order, -amount, 1_500, payment.at);
        post(payment, PostingKind.DISPUTE_WITHDRAWN, id, -amount, payment.at);
        long back = status == PspStatus.WON ? amount : 0;
        if (back > 0) {
            move(Kind.DISPUTE, id, payment.intent, payment.order, amount, 0, decided);
            post(payment, PostingKind.DISPUTE_REINSTATED, id, amount, decided);
        }
        disputes.add(new DisputeState(id, payment.order, status.name(), amount, "EUR", payment.at));
        payment.view.getDisputes().add(new PaymentDispute(id, status, amount, amount, back, null));
        return id;
    }

    /** What was from before all that is read now. */
    void forgetBefore(Instant moment) {
        moves.removeIf(move -> move.at().isBefore(moment));
        ledger.removeIf(posting -> posting.getAt().isBefore(moment));
    }

    /** With its fee posted. */
    void move(Kind kind, String source, String intent, @Nullable String order, long amount, long fee, Instant at) {
        String id = "txn_" + ++rows;
        moves.add(new BalanceMove(id, kind, source, intent, order, amount, fee, "EUR", at));
        if (fee != 0) {
            post(String.valueOf(order), PostingKind.FEE, id, -fee, at);
        }
    }

    void post(Payment payment, PostingKind kind, String object, long clearing, Instant at) {
        post(payment.order, kind, object, clearing, at);
    }

    private void post(String order, PostingKind kind, String object, long clearing, Instant at) {
        ledger.add(posting(object + ":" + kind + ":" + ledger.size(), order, kind, object, "EUR", clearing, at));
    }

    static LedgerPosting posting(
            String id, String order, PostingKind kind, String object, String currency, long clearing, Instant at) {
        return new LedgerPosting(
                id,
                order,
                kind,
                object,
                currency,
                List.of(new Leg("psp_clearing", clearing), new Leg("other", -clearing)),
                1L,
                at);
    }
}
