package io.gamestream.serving.render;

import io.gamestream.schemas.views.SalesView;
import java.util.Map;
import java.util.TreeMap;

/** The {@code sales} member of a game. */
public final class SalesJson {

    private SalesJson() {}

    /** The members, without the opening brace. */
    public static byte[] render(SalesView sales) {
        return JsonMembers.of(json -> {
            json.writeNumberField("units", sales.getUnits());
            json.writeNumberField("orders", sales.getOrders());
            json.writeArrayFieldStart("revenue");
            for (Map.Entry<String, Long> sum : new TreeMap<>(sales.getRevenueMinor()).entrySet()) {
                json.writeStartObject();
                json.writeNumberField("amountMinor", sum.getValue());
                json.writeStringField("currency", sum.getKey());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
