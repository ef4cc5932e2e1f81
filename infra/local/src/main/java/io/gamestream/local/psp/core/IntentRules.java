package io.gamestream.local.psp.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payment intents: at most one successful charge each. */
final class IntentRules {

    private final Terms terms;
    private final ChargeRules charges;

    IntentRules(Terms terms) {
        this.terms = terms;
        this.charges = new ChargeRules(terms);
    }

    Decision create(Command.CreateIntent create, Fate fate, Draft draft) {
        Intent intent = new Intent(
                draft.newId("pi"),
                draft.now(),
                create.amount(),
                create.currency(),
                create.manualCapture(),
                create.paymentMethod() == null
                        ? IntentStatus.REQUIRES_PAYMENT_METHOD
                        : IntentStatus.REQUIRES_CONFIRMATION,
                0,
                0,
                null,
                create.paymentMethod(),
                null,
                null,
                0,
                create.description(),
                create.metadata());
        if (create.confirm() && create.paymentMethod() == null) {
            return draft.answer(ApiError.invalid(
                    "parameter_missing", "payment_method", "You must provide a payment method when confirm is true."));
        }
        draft.event("payment_intent.created", intent);
        return create.confirm() ? charge(intent, fate, draft) : draft.answer(intent);
    }

    Decision update(PspView view, Command.UpdateIntent update, Draft draft) {
        Intent intent = view.intent(update.id()).orElse(null);
        if (intent == null) {
            return draft.answer(ApiError.missing("payment_intent", update.id(), "intent"));
        }
        if (update.amount() != null && !intent.status().isConfirmable()) {
            return refuse(intent, "update the amount of", draft);
        }
        Map<String, String> metadata = new HashMap<>(intent.metadata());
        metadata.putAll(update.metadata());
        metadata.values().removeIf(String::isEmpty);
        putCharge(view, intent, draft);
        return draft.answer(intent.described(
                update.amount() == null ? intent.amount() : update.amount(),
                update.description() == null ? intent.description() : update.description(),
                metadata));
    }

    Decision confirm(PspView view, Command.ConfirmIntent confirm, Fate fate, Draft draft) {
        Intent intent = view.intent(confirm.id()).orElse(null);
        if (intent == null) {
            return draft.answer(ApiError.missing("payment_intent", confirm.id(), "intent"));
        }
        if (!intent.status().isConfirmable()) {
            return refuse(intent, "confirm", draft);
        }
        String method = confirm.paymentMethod() == null ? intent.paymentMethod() : confirm.paymentMethod();
        if (method == null) {
            draft.put(intent);
            return draft.answer(ApiError.unexpectedState(
                    intent,
                    "You cannot confirm this PaymentIntent because it's missing a payment method. Update the "
                            + "PaymentIntent with a payment method and then confirm it again."));
        }
        return charge(intent.paidWith(method, IntentStatus.REQUIRES_CONFIRMATION), fate, draft);
    }

    Decision capture(PspView view, Command.CaptureIntent capture, Fate fate, Draft draft) {
        Intent intent = view.intent(capture.id()).orElse(null);
        if (intent == null) {
            return draft.answer(ApiError.missing("payment_intent", capture.id(), "intent"));
        }
        Charge charge = chargeOf(view, intent);
        if (intent.status() != IntentStatus.REQUIRES_CAPTURE || charge == null) {
            return refuse(intent, "capture", draft);
        }
        long amount = capture.amount() == null ? intent.capturable() : capture.amount();
        if (amount > intent.capturable()) {
            return draft.answer(ApiError.invalid(
                    "amount_too_large",
                    "amount_to_capture",
                    "The amount_to_capture " + amount + " is greater than the capturable amount " + intent.capturable()
                            + "."));
        }
        Charge captured = charges.capture(charge, amount, TestCards.fate(intent.paymentMethod(), fate), draft);
        draft.event("charge.captured", captured);
        Intent done = intent.succeeded(captured.id(), captured.captured());
        draft.event("payment_intent.succeeded", done);
        return draft.answer(done);
    }

    Decision cancel(PspView view, Command.CancelIntent cancel, Draft draft) {
        Intent intent = view.intent(cancel.id()).orElse(null);
        if (intent == null) {
            return draft.answer(ApiError.missing("payment_intent", cancel.id(), "intent"));
        }
        if (!intent.status().isCancelable()) {
            return refuse(intent, "cancel", draft);
        }
        putCharge(view, intent, draft);
        Intent done = intent.canceled(cancel.reason() == null ? "requested_by_customer" : cancel.reason(), draft.now());
        draft.event("payment_intent.canceled", done);
        return draft.answer(done);
    }

    Decision finishChallenge(PspView view, Command.FinishChallenge challenge, Fate fate, Draft draft) {
        Intent intent = view.intent(challenge.intent()).orElse(null);
        if (intent == null) {
            return draft.answer(ApiError.missing("payment_intent", challenge.intent(), "intent"));
        }
        if (intent.status() != IntentStatus.REQUIRES_ACTION) {
            return refuse(intent, "authenticate", draft);
        }
        if (challenge.passes()) {
            return attempt(intent, fate.pastChallenge(), draft);
        }
        Intent failed = intent.declined(new Failure(
                "payment_intent_authentication_failure",
                null,
                null,
                "The provided payment method has failed authentication. Provide another payment method.",
                null));
        draft.event("payment_intent.payment_failed", failed);
        return draft.answer(failed);
    }

    Decision settle(PspView view, Command.Settle settle, Fate fate, Draft draft) {
        Intent intent = view.intent(settle.intent()).orElse(null);
        Charge charge = intent == null ? null : chargeOf(view, intent);
        if (intent == null || charge == null) {
            return draft.answer(ApiError.missing("payment_intent", settle.intent(), "intent"));
        }
        if (intent.status() != IntentStatus.PROCESSING) {
            return refuse(intent, "settle", draft);
        }
        return settle.succeeds()
                ? succeed(intent, charge, fate, draft)
                : decline(intent, charge, DeclineCodes.failure("generic_decline", charge.id()), draft);
    }

    Decision expire(PspView view, Command.ExpireAuthorization expiry, Draft draft) {
        Intent intent = view.intent(expiry.intent()).orElse(null);
        if (intent == null) {
            return draft.answer(ApiError.missing("payment_intent", expiry.intent(), "intent"));
        }
        Charge charge = chargeOf(view, intent);
        if (intent.status() != IntentStatus.REQUIRES_CAPTURE || charge == null) {
            return refuse(intent, "expire", draft);
        }
        draft.event("charge.expired", charge);
        Intent done = intent.canceled("automatic", draft.now());
        draft.event("payment_intent.canceled", done);
        return draft.answer(done);
    }

    /** Tries to take the money, as chance has it. */
    private Decision charge(Intent intent, Fate drawn, Draft draft) {
        Fate fate = TestCards.fate(intent.paymentMethod(), drawn);
        if (fate.challenge()) {
            Intent waiting = intent.waiting(IntentStatus.REQUIRES_ACTION, intent.charge());
            draft.event("payment_intent.requires_action", waiting);
            draft.later(terms.challengeMs(), new Command.FinishChallenge(intent.id(), fate.challengePasses()));
            return draft.answer(waiting);
        }
        return attempt(intent, fate, draft);
    }

    private Decision attempt(Intent intent, Fate fate, Draft draft) {
        Charge charge = charges.create(intent, draft);
        if (fate.decline() != null) {
            return decline(intent, charge, DeclineCodes.failure(fate.decline(), charge.id()), draft);
        }
        if (fate.processing()) {
            draft.event("charge.pending", charge);
            Intent waiting = intent.waiting(IntentStatus.PROCESSING, charge.id());
            draft.event("payment_intent.processing", waiting);
            draft.later(terms.settleMs(), new Command.Settle(intent.id(), fate.settles()));
            return draft.answer(waiting);
        }
        return succeed(intent, charge, fate, draft);
    }

    private Decision succeed(Intent intent, Charge charge, Fate fate, Draft draft) {
        if (intent.manualCapture()) {
            Charge held = charge.held();
            draft.event("charge.succeeded", held);
            Intent authorized = intent.authorized(held.id());
            draft.event("payment_intent.amount_capturable_updated", authorized);
            draft.later(terms.authorizationMs(), new Command.ExpireAuthorization(intent.id()));
            return draft.answer(authorized);
        }
        Charge captured = charges.capture(charge, charge.amount(), fate, draft);
        draft.event("charge.succeeded", captured);
        Intent done = intent.succeeded(captured.id(), captured.captured());
        draft.event("payment_intent.succeeded", done);
        return draft.answer(done);
    }

    private static Decision decline(Intent intent, Charge charge, Failure why, Draft draft) {
        draft.event("charge.failed", charge.failed(why));
        Intent failed = intent.declined(why);
        draft.event("payment_intent.payment_failed", failed);
        return draft.answer(ApiError.declined(why, failed.id()));
    }

    private static @Nullable Charge chargeOf(PspView view, Intent intent) {
        return intent.charge() == null ? null : view.charge(intent.charge()).orElse(null);
    }

    /** The answer may show it, and then as it was. */
    private static void putCharge(PspView view, Intent intent, Draft draft) {
        Charge charge = chargeOf(view, intent);
        if (charge != null) {
            draft.put(charge);
        }
    }

    private static Decision refuse(Intent intent, String verb, Draft draft) {
        draft.put(intent);
        return draft.answer(ApiError.unexpectedState(
                intent,
                "You cannot " + verb + " this PaymentIntent because it has a status of "
                        + intent.status().wire() + "."));
    }
}
