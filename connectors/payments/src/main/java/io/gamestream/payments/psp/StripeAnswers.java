package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.psp.StripeHttp.Answer;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP answer means for the money, by docs.stripe.com/error-low-level: a 500 is indeterminate, a rate limit and a
 * key in use are not remembered for the key, a decline is an answer. What isn't Stripe's own says nothing. Pure.
 */
final class StripeAnswers {

    /** The error code of an answer that was no use: it doesn't show what was asked for, or can't be counted. */
    static final String UNREADABLE = "unreadable";

    private static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";

    private StripeAnswers() {}

    /** The meaning of an answer to a write; a 2xx proves nothing unless it shows what the write makes or changes. */
    static ProviderAnswer of(PspCommand command, Answer answer) {
        return of(answer, command.getOperationId(), isAskedFor(command, answer.body()));
    }

    /** The meaning of an answer to a read that doesn't show what was to be read. */
    static ProviderAnswer unread(Answer answer) {
        return of(answer, null, false);
    }

    private static boolean isAskedFor(PspCommand command, JsonNode body) {
        return switch (command.getKind()) {
            case CREATE -> StripeObjects.is(body, StripeObjects.INTENT);
            case CONFIRM, CAPTURE, CANCEL ->
                StripeObjects.is(body, StripeObjects.INTENT)
                        && body.path("id").asText().equals(command.getIntentId());
            case REFUND -> StripeObjects.is(body, "refund");
            case SYNC, UNKNOWN -> false;
        };
    }

    private static ProviderAnswer of(Answer answer, @Nullable String operationId, boolean shown) {
        int status = answer.status();
        JsonNode body = answer.body();
        String requestId = answer.requestId();
        if (isOk(status) && !shown) {
            return unreadable(status, "HTTP status " + status + ", and not what was asked for", requestId);
        }
        JsonNode error = body.path("error");
        String code = StripeFields.text(error, "code");
        PspOutcome outcome = isForThePlayer(status, code, StripeFields.text(error, "param"))
                ? PspOutcome.DECLINED
                : outcome(status, body, code);
        List<PspFact> facts;
        try {
            // An object that comes with a refusal shows what others have done to it.
            boolean ours = outcome == PspOutcome.DONE || outcome == PspOutcome.DECLINED;
            facts = StripeFacts.of(body, ours ? operationId : null);
        } catch (IllegalArgumentException e) {
            // Money in a currency that we can't count: the call is done, and what it did has to be looked at.
            return unreadable(status, String.valueOf(e.getMessage()), requestId);
        }
        return new ProviderAnswer(
                outcome,
                status,
                code == null ? StripeFields.text(error, "type") : code,
                StripeFields.text(error, "message"),
                facts,
                requestId);
    }

    private static ProviderAnswer unreadable(int status, String message, @Nullable String requestId) {
        return new ProviderAnswer(PspOutcome.UNKNOWN, status, UNREADABLE, message, List.of(), requestId);
    }

    private static boolean isOk(int status) {
        return status >= 200 && status < 300;
    }

    private static PspOutcome outcome(int status, JsonNode body, @Nullable String code) {
        if (isOk(status)) {
            return PspOutcome.DONE;
        }
        return switch (status) {
            // Another call with the key is under way, or the limit was hit before the key was looked at.
            case 409, 429 -> PspOutcome.NOT_EXECUTED;
            // The account's key is wrong or lacks a right: nothing is wrong with the order.
            case 401, 403 -> PspOutcome.NOT_EXECUTED;
            // Of a proxy that knows no such path, or has waited for too long, it is no word of the PSP's.
            default -> StripeObjects.isError(body) ? refusal(status, body, code) : PspOutcome.UNKNOWN;
        };
    }

    private static PspOutcome refusal(int status, JsonNode body, @Nullable String code) {
        return switch (status) {
            case 402 -> PspOutcome.DECLINED;
            case 400 -> {
                if ("idempotency_error".equals(StripeFields.text(body.path("error"), "type"))) {
                    yield PspOutcome.KEY_REUSED;
                }
                yield UNEXPECTED_STATE.equals(code) || isDoneAlready(code)
                        ? PspOutcome.UNEXPECTED_STATE
                        : PspOutcome.REFUSED;
            }
            default -> status > 400 && status < 500 ? PspOutcome.REFUSED : PspOutcome.UNKNOWN;
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
}
