package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP answer means for the money, by docs.stripe.com/error-low-level: a 500 is indeterminate, a rate limit and a
 * key in use are not remembered for the key, a decline is an answer. Pure.
 */
public final class StripeAnswers {

    private static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";

    private StripeAnswers() {}

    /**
     * The meaning of an answer.
     *
     * @param body as JSON; a missing node where it is none, and then a 2xx proves nothing
     * @param operationId that was asked for
     */
    public static ProviderAnswer of(int status, JsonNode body, @Nullable String requestId, String operationId) {
        JsonNode error = body.path("error");
        String code = text(error, "code");
        PspOutcome outcome = isForThePlayer(status, code, text(error, "param"))
                ? PspOutcome.DECLINED
                : outcome(status, body, text(error, "type"), code);
        List<PspFact> facts;
        try {
            // An object that comes with a refusal shows what others have done to it.
            boolean ours = outcome == PspOutcome.DONE || outcome == PspOutcome.DECLINED;
            facts = StripeFacts.of(body, ours ? operationId : null);
        } catch (IllegalArgumentException e) {
            // Money in a currency that we can't count: the call is done, and what it did has to be looked at.
            return new ProviderAnswer(PspOutcome.UNKNOWN, status, "unreadable", e.getMessage(), List.of(), requestId);
        }
        return new ProviderAnswer(
                outcome, status, code == null ? text(error, "type") : code, text(error, "message"), facts, requestId);
    }

    private static PspOutcome outcome(int status, JsonNode body, @Nullable String type, @Nullable String code) {
        if (status >= 200 && status < 300) {
            return body.isObject() ? PspOutcome.DONE : PspOutcome.UNKNOWN;
        }
        if ("idempotency_error".equals(type) && status == 400) {
            return PspOutcome.KEY_REUSED;
        }
        return switch (status) {
            // Another call with the key is under way, or the limit was hit before the key was looked at.
            case 409, 429 -> PspOutcome.NOT_EXECUTED;
            // The account's key is wrong or lacks a right: nothing is wrong with the order.
            case 401, 403 -> PspOutcome.NOT_EXECUTED;
            case 402 -> PspOutcome.DECLINED;
            case 400 ->
                UNEXPECTED_STATE.equals(code) || isDoneAlready(code) ? PspOutcome.UNEXPECTED_STATE : PspOutcome.REFUSED;
            default -> status >= 400 && status < 500 ? PspOutcome.REFUSED : PspOutcome.UNKNOWN;
        };
    }

    /**
     * A payment method that the PSP doesn't know or can't read, and an amount below its minimum: docs.stripe.com/error-codes.
     * No operator can mend it, so the payment fails as by a decline that isn't tried again, and the player hears of it.
     */
    private static boolean isForThePlayer(int status, @Nullable String code, @Nullable String param) {
        if ((status != 400 && status != 404) || code == null) {
            return false;
        }
        return "amount_too_small".equals(code)
                || ("payment_method".equals(param)
                        && ("resource_missing".equals(code) || code.startsWith("parameter_invalid")));
    }

    /** Somebody has done it before us, or the money is gone another way. */
    private static boolean isDoneAlready(@Nullable String code) {
        return "charge_already_refunded".equals(code)
                || "charge_already_captured".equals(code)
                || "charge_disputed".equals(code);
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }
}
