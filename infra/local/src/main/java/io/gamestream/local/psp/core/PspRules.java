package io.gamestream.local.psp.core;

/**
 * What the provider does with a command: a pure function of its state, the command, and what chance has decided. The
 * semantics are those of Stripe's API for payment intents with cards, refunds and disputes.
 */
public final class PspRules {

    private final IntentRules intents;
    private final RefundRules refunds;
    private final DisputeRules disputes;

    public PspRules(Terms terms) {
        intents = new IntentRules(terms);
        refunds = new RefundRules(terms);
        disputes = new DisputeRules(terms);
    }

    /** Decides about a client's request. */
    public Decision decide(PspView view, Command.Request request, Fate fate, Stamp stamp) {
        Draft draft = new Draft(stamp);
        if (request instanceof Command.CreateIntent create) {
            return intents.create(create, fate, draft);
        } else if (request instanceof Command.UpdateIntent update) {
            return intents.update(view, update, draft);
        } else if (request instanceof Command.ConfirmIntent confirm) {
            return intents.confirm(view, confirm, fate, draft);
        } else if (request instanceof Command.CaptureIntent capture) {
            return intents.capture(view, capture, fate, draft);
        } else if (request instanceof Command.CancelIntent cancel) {
            return intents.cancel(view, cancel, draft);
        } else if (request instanceof Command.CreateRefund refund) {
            return refunds.create(view, refund, fate, draft);
        } else {
            return disputes.close(view, (Command.CloseDispute) request, draft);
        }
    }

    /** Lets the world do something; where it can't be done any more, nothing happens. */
    public Decision decide(PspView view, Command.World happening, Fate fate, Stamp stamp) {
        Draft draft = new Draft(stamp);
        if (happening instanceof Command.FinishChallenge challenge) {
            return intents.finishChallenge(view, challenge, fate, draft);
        } else if (happening instanceof Command.Settle settle) {
            return intents.settle(view, settle, fate, draft);
        } else if (happening instanceof Command.ExpireAuthorization expiry) {
            return intents.expire(view, expiry, draft);
        } else if (happening instanceof Command.OpenDispute dispute) {
            return disputes.open(view, dispute, draft);
        } else if (happening instanceof Command.ResolveDispute resolution) {
            return disputes.resolve(view, resolution, draft);
        } else {
            return refunds.settle(view, (Command.SettleRefund) happening, draft);
        }
    }
}
