package io.gamestream.serving.render;

import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.OrderViewLine;

/** An order as {@code /v1/orders/{id}} answers it. */
public final class OrderJson {

    private OrderJson() {}

    /** The members, without the opening brace. */
    public static byte[] render(OrderView order) {
        return JsonMembers.of(json -> {
            // First, where a read finds it: the payment may know better.
            json.writeStringField("status", order.getStatus());
            json.writeStringField("id", order.getId());
            json.writeStringField("userId", order.getUserId());
            json.writeArrayFieldStart("lines");
            for (OrderViewLine line : order.getLines()) {
                json.writeStartObject();
                json.writeStringField("gameId", line.getGameId());
                json.writeNumberField("quantity", line.getQuantity());
                JsonMembers.money(json, "unitPrice", line.getUnitPriceMinor(), order.getCurrency());
                json.writeEndObject();
            }
            json.writeEndArray();
            JsonMembers.money(json, "total", order.getTotalMinor(), order.getCurrency());
            json.writeStringField("placedAt", order.getPlacedAt().toString());
            json.writeStringField("updatedAt", order.getUpdatedAt().toString());
        });
    }
}
