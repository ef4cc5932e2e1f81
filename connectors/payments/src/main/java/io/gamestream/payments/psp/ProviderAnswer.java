package io.gamestream.payments.psp;

import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended. Texts are cut to 1,000 characters: they are the provider's, and its to choose.
 *
 * @param httpStatus null where there was no answer
 * @param errorCode the provider's, or the name of what failed on the way
 * @param message for people; holds no secret
 * @param facts about all objects in the answer
 */
public record ProviderAnswer(
        PspOutcome outcome,
        @Nullable Integer httpStatus,
        @Nullable String errorCode,
        @Nullable String message,
        List<PspFact> facts,
        @Nullable String requestId) {

    public ProviderAnswer {
        errorCode = StripeFields.cut(errorCode);
        message = StripeFields.cut(message);
        facts = List.copyOf(facts);
        requestId = StripeFields.cut(requestId);
    }

    /** A command whose deadline is over, and which is not sent therefore. */
    static ProviderAnswer expired(PspCommand command) {
        return of(PspOutcome.EXPIRED, "deadline", "not sent: the deadline was " + command.getDeadline());
    }

    /** Without an answer of the provider. */
    public static ProviderAnswer of(PspOutcome outcome, String errorCode, String message) {
        return new ProviderAnswer(outcome, null, errorCode, message, List.of(), null);
    }
}
