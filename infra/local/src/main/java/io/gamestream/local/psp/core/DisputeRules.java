package io.gamestream.local.psp.core;

import java.util.List;

/** Disputes: an inquiry moves no money; a dispute withdraws it, and gives it back where it is won. */
final class DisputeRules {

    private final Terms terms;

    DisputeRules(Terms terms) {
        this.terms = terms;
    }

    Decision open(PspView view, Command.OpenDispute open, Draft draft) {
        Charge charge = view.charge(open.charge()).orElse(null);
        if (charge == null) {
            return draft.answer(ApiError.missing("charge", open.charge(), "charge"));
        }
        long amount = charge.captured() - charge.refunded();
        if (!charge.taken() || charge.disputed() || amount == 0) {
            return draft.answer(ApiError.invalid(null, "charge", "Charge " + charge.id() + " can't be disputed."));
        }
        String id = draft.newId("dp");
        List<BalanceRow> rows = open.inquiry() ? List.of() : List.of(withdrawal(charge, amount, id, draft));
        Dispute dispute = new Dispute(
                id,
                draft.now(),
                charge.id(),
                charge.intent(),
                amount,
                charge.currency(),
                open.inquiry() ? Dispute.Status.WARNING_NEEDS_RESPONSE : Dispute.Status.NEEDS_RESPONSE,
                open.reason(),
                rows);
        draft.put(charge.disputed(dispute.leavesRefundable()));
        draft.event("charge.dispute.created", dispute);
        if (!open.inquiry()) {
            draft.event("charge.dispute.funds_withdrawn", dispute);
        }
        draft.later(terms.disputeForMs(), new Command.ResolveDispute(id, open.won()));
        return draft.answer(dispute);
    }

    Decision resolve(PspView view, Command.ResolveDispute resolve, Draft draft) {
        Dispute dispute = view.dispute(resolve.dispute()).orElse(null);
        Charge charge = dispute == null ? null : view.charge(dispute.charge()).orElse(null);
        if (dispute == null || charge == null) {
            return draft.answer(ApiError.missing("dispute", resolve.dispute(), "dispute"));
        }
        if (!dispute.status().isOpen()) {
            return draft.answer(dispute);
        }
        if (dispute.status() == Dispute.Status.WARNING_NEEDS_RESPONSE) {
            return closed(dispute.now(Dispute.Status.WARNING_CLOSED, List.of()), charge, draft);
        }
        if (!resolve.won()) {
            return closed(dispute.now(Dispute.Status.LOST, List.of()), charge, draft);
        }
        BalanceRow back = draft.put(new BalanceRow(
                draft.newId("txn"),
                draft.now(),
                dispute.amount(),
                0,
                dispute.currency(),
                "adjustment",
                "dispute_reversal",
                dispute.id()));
        Dispute won = dispute.now(Dispute.Status.WON, List.of(back));
        closed(won, charge, draft);
        draft.event("charge.dispute.funds_reinstated", won);
        return draft.answer(won);
    }

    Decision close(PspView view, Command.CloseDispute close, Draft draft) {
        Dispute dispute = view.dispute(close.id()).orElse(null);
        Charge charge = dispute == null ? null : view.charge(dispute.charge()).orElse(null);
        if (dispute == null || charge == null) {
            return draft.answer(ApiError.missing("dispute", close.id(), "dispute"));
        }
        if (!dispute.status().isOpen()) {
            return draft.answer(ApiError.invalid(null, null, "This dispute is already closed."));
        }
        return closed(dispute.now(Dispute.Status.LOST, List.of()), charge, draft);
    }

    private BalanceRow withdrawal(Charge charge, long amount, String dispute, Draft draft) {
        return draft.put(new BalanceRow(
                draft.newId("txn"),
                draft.now(),
                -amount,
                terms.disputeFee(),
                charge.currency(),
                "adjustment",
                "dispute",
                dispute));
    }

    private static Decision closed(Dispute dispute, Charge charge, Draft draft) {
        draft.put(charge.disputed(dispute.leavesRefundable()));
        draft.event("charge.dispute.closed", dispute);
        return draft.answer(dispute);
    }
}
