package io.gamestream.local.psp.core;

/** Charges, and what they do to the balance. */
final class ChargeRules {

    private final Terms terms;

    ChargeRules(Terms terms) {
        this.terms = terms;
    }

    Charge create(Intent intent, Draft draft) {
        return new Charge(
                draft.newId("ch"),
                draft.now(),
                intent.id(),
                intent.amount(),
                intent.currency(),
                Charge.Status.PENDING,
                false,
                0,
                0,
                false,
                true,
                null,
                intent.paymentMethod(),
                null,
                intent.metadata());
    }

    /** Takes the money; a partial capture is two rows on the balance, the whole and what was given back of it. */
    Charge capture(Charge charge, long wanted, Fate fate, Draft draft) {
        // Less than 1 would be nothing, and nothing is not a success.
        long taken = fate.wrongAmount() && wanted > 1 ? wanted - Math.max(1, wanted / 10) : wanted;
        BalanceRow row = draft.put(new BalanceRow(
                draft.newId("txn"),
                draft.now(),
                charge.amount(),
                terms.fee(taken),
                charge.currency(),
                "charge",
                "charge",
                charge.id()));
        if (taken < charge.amount()) {
            draft.put(new BalanceRow(
                    draft.newId("txn"),
                    draft.now(),
                    taken - charge.amount(),
                    0,
                    charge.currency(),
                    "partial_capture_reversal",
                    "partial_capture_reversal",
                    charge.id()));
        }
        if (fate.dispute()) {
            draft.later(
                    terms.disputeAfterMs(),
                    new Command.OpenDispute(charge.id(), "fraudulent", fate.inquiry(), fate.disputeWon()));
        }
        return charge.captured(taken, row.id());
    }
}
