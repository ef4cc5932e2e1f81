package io.gamestream.payments.action;

import io.gamestream.payments.psp.IntentAnswer;
import io.gamestream.payments.psp.PayerIntent;
import io.gamestream.payments.psp.ProviderAnswer;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PspOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a client is answered with. Pure. */
final class ActionRules {

    /** What a player pays now is given back, or is in dispute with what was ordered, whatever the PSP still waits for. */
    private static final Set<String> UNWANTED = Set.of(
            PaymentState.CANCEL_REQUESTED.name(),
            PaymentState.CANCELED.name(),
            PaymentState.LATE_CAPTURED.name(),
            PaymentState.CONFLICTED.name());

    private ActionRules() {}

    /** @throws ProblemException where the PSP isn't to be asked about the payment: it has none of it yet, or it was given up */
    static String intentId(Payment payment) {
        if (UNWANTED.contains(payment.state())) {
            throw new ProblemException(noAction(
                    payment,
                    "The payment of order " + payment.orderId() + " is " + payment.state()
                            + ": nobody should pay it any more."));
        }
        String intentId = payment.intentId();
        if (intentId == null) {
            throw new ProblemException(noAction(
                    payment,
                    "The PSP has not told of a payment intent of order " + payment.orderId() + ". Its payment is "
                            + payment.state() + "."));
        }
        return intentId;
    }

    /**
     * The body of the answer, which holds a secret.
     *
     * @throws ProblemException where the payment waits for nobody, or the PSP doesn't say
     */
    static Map<String, Object> answer(Payment payment, IntentAnswer answer) {
        PayerIntent intent = answer.intent();
        if (intent == null) {
            throw new ProblemException(failure(answer.call()));
        }
        if (!intent.waitsForPayer()) {
            throw new ProblemException(noAction(
                            payment,
                            "The payment of order " + payment.orderId() + " is " + intent.status() + " at the PSP.")
                    .with("pspStatus", intent.status()));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("orderId", payment.orderId());
        body.put("paymentIntentId", intent.id());
        body.put("status", intent.status());
        body.put("clientSecret", intent.clientSecret());
        body.put("nextAction", intent.nextAction());
        return body;
    }

    private static Problem noAction(Payment payment, String detail) {
        return Problem.of("no-action-needed", "The payment needs no action of the player", 409, detail)
                .with("payment", payment.state());
    }

    private static Problem failure(ProviderAnswer call) {
        Integer status = call.httpStatus();
        boolean busy = status != null && (status == 429 || status == 409);
        if (busy || (status == null && call.outcome() == PspOutcome.NOT_EXECUTED)) {
            return Problem.unavailable("The PSP can't be asked now. Ask again in a moment.");
        }
        return status == null
                ? Problem.of("psp-silent", "The PSP does not answer", 504, "The PSP gave no answer in time. Ask again.")
                : Problem.of(
                        "psp-failed",
                        "The PSP can't say",
                        502,
                        "The PSP answered with HTTP status " + status + ". Nothing was changed.");
    }
}
