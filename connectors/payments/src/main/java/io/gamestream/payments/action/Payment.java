package io.gamestream.payments.action;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An order's payment, as far as this end needs it.
 *
 * @param state in our words; {@code NEW} of an order whose payment nobody has seen yet
 * @param intentId null while the PSP has told of none
 */
record Payment(String orderId, String state, @Nullable String intentId) {

    /** From the serving API's order. */
    static Payment of(String orderId, JsonNode order) {
        JsonNode payment = order.path("payment");
        return new Payment(
                orderId,
                payment.path("payment").asText("NEW"),
                payment.path("intentId").textValue());
    }
}
