package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.ProviderAnswer;
import io.gamestream.payments.psp.Sim;
import io.gamestream.payments.psp.StripeProvider;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PostingKind;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Payments at the simulator, and what the saga would have written of them; a test then changes either. */
final class PlantedBooks {

    static final long PRICE = 1_999;

    final List<LedgerPosting> ledger = new ArrayList<>();
    final List<PaymentView> journal = new ArrayList<>();

    private final StripeProvider provider;
    private final Clock clock;

    PlantedBooks(StripeProvider provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * What the PSP has told of a charge.
     *
     * @param row of its balance
     */
    record Charged(String order, String intent, String charge, String row, long feeMinor) {}

    /** The PSP charges an order; nothing of it is in our books. */
    Charged charge(String order, int attempt) {
        ProviderAnswer answer = provider.execute(Sim.command(OperationKind.CREATE, order, attempt)
                        .setAmountMinor(PRICE)
                        .setCurrency("EUR")
                        .setPaymentMethod("pm_card_visa")
                        .build())
                .join();
        PspFact row = fact(answer, PspObject.BALANCE_TRANSACTION);
        return new Charged(
                order,
                fact(answer, PspObject.INTENT).getId(),
                fact(answer, PspObject.CHARGE).getId(),
                row.getId(),
                row.getFeeMinor());
    }

    /** A charge on which all sides agree. */
    Charged agreed(String order) {
        Charged charged = charge(order, 1);
        post(charged, PostingKind.CAPTURE, charged.intent(), "EUR", PRICE);
        fee(charged, charged.feeMinor());
        view(charged.order(), charged.intent());
        return charged;
    }

    /** A part of it is given back, and all sides agree on that too. */
    void refunded(Charged charged, long amountMinor) {
        ProviderAnswer answer = provider.execute(Sim.command(OperationKind.REFUND, charged.order(), 1)
                        .setIntentId(charged.intent())
                        .setAmountMinor(amountMinor)
                        .setCurrency("EUR")
                        .build())
                .join();
        String id = fact(answer, PspObject.REFUND).getId();
        post(charged, PostingKind.REFUND, id, "EUR", -amountMinor);
        journal.stream()
                .filter(view -> view.getOrderId().equals(charged.order()))
                .forEach(view -> view.getRefunds()
                        .add(new PaymentRefund("rfd_" + id, id, "SUCCEEDED", amountMinor, List.of(), null)));
    }

    LedgerPosting post(Charged charged, PostingKind kind, String object, String currency, long clearing) {
        LedgerPosting posting = World.posting(
                object + ":" + kind + ":1", charged.order(), kind, object, currency, clearing, clock.instant());
        ledger.add(posting);
        return posting;
    }

    void fee(Charged charged, long feeMinor) {
        post(charged, PostingKind.FEE, charged.row(), "EUR", -feeMinor);
    }

    PaymentView view(String order, String intent) {
        Instant now = clock.instant();
        PaymentView view = World.view(order, PRICE, now);
        view.setIntentId(intent);
        journal.add(view);
        return view;
    }

    private static PspFact fact(ProviderAnswer answer, PspObject object) {
        if (answer.outcome() != PspOutcome.DONE) {
            throw new IllegalStateException("the simulator answered " + answer);
        }
        return answer.facts().stream()
                .filter(fact -> fact.getObject() == object)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + object + " in " + answer));
    }
}
