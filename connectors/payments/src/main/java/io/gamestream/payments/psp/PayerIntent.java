package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A payment intent as the client of whoever pays has to see it.
 *
 * @param status in the provider's words, such as {@code requires_action}
 * @param clientSecret with which that client, and nobody else, finishes the payment
 * @param nextAction as the provider gives it; null where there is none
 */
public record PayerIntent(
        String id,
        String status,
        @Nullable String clientSecret,
        @Nullable JsonNode nextAction) {

    private static final String REQUIRES_ACTION = "requires_action";

    /** Reads the provider's object; the caller knows that it is one. */
    static PayerIntent of(JsonNode intent) {
        JsonNode action = intent.path("next_action");
        return new PayerIntent(
                intent.path("id").asText(),
                intent.path("status").asText(),
                intent.path("client_secret").textValue(),
                action.isObject() ? action : null);
    }

    /** Whether the payment waits for the payer. */
    public boolean waitsForPayer() {
        return REQUIRES_ACTION.equals(status) && clientSecret != null && nextAction != null;
    }

    /** Without the secret, and without the action, which may hold another. */
    @Override
    public String toString() {
        return id + " " + status;
    }
}
