package io.gamestream.local.psp.core;

import org.jspecify.annotations.Nullable;

/** Refunds: never more than was captured, and never what a dispute has taken back already. */
final class RefundRules {

    private final Terms terms;

    RefundRules(Terms terms) {
        this.terms = terms;
    }

    Decision create(PspView view, Command.CreateRefund create, Fate drawn, Draft draft) {
        Charge charge = find(view, create);
        if (charge == null) {
            return create.charge() == null
                    ? intentWithoutCharge(view, String.valueOf(create.intent()), draft)
                    : draft.answer(ApiError.missing("charge", create.charge(), "charge"));
        }
        ApiError refusal = refusal(charge, create);
        if (refusal != null) {
            return draft.answer(refusal);
        }
        Fate fate = TestCards.fate(charge.paymentMethod(), drawn);
        long amount = create.amount() == null ? charge.captured() - charge.refunded() : create.amount();
        Refund.Status status = fate.refundPending() ? Refund.Status.PENDING : Refund.Status.SUCCEEDED;
        String id = draft.newId("re");
        BalanceRow row = draft.put(
                new BalanceRow(draft.newId("txn"), draft.now(), -amount, 0, charge.currency(), "refund", "refund", id));
        Refund refund = new Refund(
                id,
                draft.now(),
                charge.id(),
                charge.intent(),
                amount,
                charge.currency(),
                status,
                create.reason(),
                null,
                row.id(),
                create.metadata());
        draft.event("refund.created", refund);
        draft.event("charge.refunded", charge.refunded(charge.refunded() + amount));
        if (fate.refundPending() || fate.refundFails()) {
            draft.later(terms.refundMs(), new Command.SettleRefund(id, !fate.refundFails()));
        }
        return draft.answer(refund);
    }

    Decision settle(PspView view, Command.SettleRefund settle, Draft draft) {
        Refund refund = view.refund(settle.refund()).orElse(null);
        Charge charge = refund == null ? null : view.charge(refund.charge()).orElse(null);
        if (refund == null || charge == null) {
            return draft.answer(ApiError.missing("refund", settle.refund(), "refund"));
        }
        if (refund.status() == Refund.Status.FAILED
                || (settle.succeeds() && refund.status() == Refund.Status.SUCCEEDED)) {
            return draft.answer(refund);
        }
        if (settle.succeeds()) {
            Refund done = refund.now(Refund.Status.SUCCEEDED, null);
            draft.event("refund.updated", done);
            return draft.answer(done);
        }
        Refund failed = refund.now(Refund.Status.FAILED, "expired_or_canceled_card");
        draft.put(new BalanceRow(
                draft.newId("txn"),
                draft.now(),
                refund.amount(),
                0,
                refund.currency(),
                "refund_failure",
                "refund_failure",
                refund.id()));
        draft.event("refund.failed", failed);
        draft.event("charge.updated", charge.refunded(charge.refunded() - refund.amount()));
        return draft.answer(failed);
    }

    private static @Nullable Charge find(PspView view, Command.CreateRefund create) {
        String id = create.charge();
        if (id == null && create.intent() != null) {
            id = view.intent(create.intent()).map(Intent::charge).orElse(null);
        }
        return id == null ? null : view.charge(id).orElse(null);
    }

    private static Decision intentWithoutCharge(PspView view, String intent, Draft draft) {
        return draft.answer(
                view.intent(intent).isEmpty()
                        ? ApiError.missing("payment_intent", intent, "payment_intent")
                        : ApiError.invalid(
                                null,
                                "payment_intent",
                                "This PaymentIntent (" + intent + ") does not have a successful charge to refund."));
    }

    private static @Nullable ApiError refusal(Charge charge, Command.CreateRefund create) {
        if (!charge.taken() || charge.status() != Charge.Status.SUCCEEDED) {
            return ApiError.invalid(
                    null, "payment_intent", "The charge " + charge.id() + " was never captured; cancel it instead.");
        }
        if (!charge.refundable()) {
            return ApiError.invalid(
                    "charge_disputed",
                    null,
                    "Charge " + charge.id() + " has been charged back; cannot issue a refund.");
        }
        long left = charge.captured() - charge.refunded();
        if (left == 0) {
            return ApiError.invalid(
                    "charge_already_refunded", null, "Charge " + charge.id() + " has already been refunded.");
        }
        if (create.amount() != null && create.amount() > left) {
            return ApiError.invalid(
                    null,
                    "amount",
                    "Refund amount (" + create.amount() + ") is greater than unrefunded amount on charge (" + left
                            + ")");
        }
        return null;
    }
}
