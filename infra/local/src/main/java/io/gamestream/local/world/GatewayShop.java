package io.gamestream.local.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.load.OrderRow;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buys, cancels and returns as players' clients do: at the payments gateway. What an order's card does is a function of seed and
 * number, and so are the keys, so that an action that is carried out twice is one order. One thread.
 */
final class GatewayShop {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayShop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    /** As many as may still be cancelled or returned, and some. */
    private static final int REMEMBERED = 2_000;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI gateway;
    private final long seed;
    private final Map<Integer, String> orderIds = new LinkedHashMap<>();

    /** @param gateway such as http://127.0.0.1:8095 */
    GatewayShop(URI gateway, long seed) {
        this.gateway = gateway;
        this.seed = seed;
    }

    /**
     * Places an order.
     *
     * @return false where it was refused, or nobody could be asked: the player goes away
     */
    boolean place(Action.PlaceOrder action) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("userId", action.row().userId());
        ArrayNode lines = body.putArray("lines");
        for (OrderRow.Line line : action.row().lines()) {
            lines.addObject().put("gameId", line.gameId()).put("quantity", line.quantity());
        }
        body.put("paymentMethod", card(action.number()));
        JsonNode answer = post("/v1/orders", "place-" + action.number(), body);
        String id = answer.path("orderId").asText();
        if (id.isEmpty()) {
            return false;
        }
        orderIds.put(action.number(), id);
        if (orderIds.size() > REMEMBERED) {
            orderIds.remove(orderIds.keySet().iterator().next());
        }
        return true;
    }

    /** Whether the order was bought here; others are settled in the database. */
    boolean knows(int number) {
        return orderIds.containsKey(number);
    }

    /** Cancels or returns an order; that one is paid is not ours to say. */
    boolean settle(Action.SettleOrder action) {
        String path = "/v1/orders/" + orderIds.get(action.number());
        ObjectNode nothing = Json.MAPPER.createObjectNode();
        return switch (action.to()) {
            case CANCELLED ->
                !post(path + "/cancel", "cancel-" + action.number(), nothing).isEmpty();
            case REFUNDED ->
                !post(path + "/refunds", "refund-" + action.number(), nothing).isEmpty();
            case PENDING, PAID, UNKNOWN -> true;
        };
    }

    /** Most cards are good. */
    private String card(int number) {
        SplittableRandom random = Dice.of(seed, "card", number);
        int roll = random.nextInt(100);
        if (roll < 3) {
            return "pm_card_chargeDeclined_lost_card";
        }
        if (roll < 6) {
            return "pm_card_chargeDeclined_processing_error";
        }
        if (roll < 10) {
            return "pm_card_threeDSecure2Required";
        }
        if (roll < 12) {
            return "pm_card_createDispute";
        }
        return roll < 13 ? "pm_card_pendingRefund" : "pm_card_visa";
    }

    /** The answer; empty where there is none that helps. */
    private JsonNode post(String path, String key, ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "world-" + seed + "-" + key)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == ACCEPTED) {
                return Json.MAPPER.readTree(answer.body());
            }
            if (answer.statusCode() != UNAVAILABLE) {
                LOG.info("{} {}: {} {}", path, body, answer.statusCode(), answer.body());
            }
        } catch (IOException e) {
            LOG.debug("{} can't be asked", gateway, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Json.MAPPER.createObjectNode();
    }
}
