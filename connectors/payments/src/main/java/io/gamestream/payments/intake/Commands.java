package io.gamestream.payments.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.payments.intake.OrderRules.Priced;
import io.gamestream.payments.intake.Request.Place;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the outbox: {@code OrderCommand} as JSON, which change data capture makes Avro of. Pure but for new ids. */
final class Commands {

    /** The outbox's aggregate type; the route of change data capture is by this name. */
    static final String AGGREGATE = "order-command";

    private Commands() {}

    static ObjectNode place(String orderId, Place place, Priced priced, Instant at) {
        ObjectNode command = begin("cmd_" + newId(), "PLACE", orderId, place.userId(), at);
        command.put("userId", place.userId());
        command.set("lines", Orders.lines(priced));
        command.put("totalMinor", priced.totalMinor());
        command.put("currency", priced.currency());
        putIfThere(command, "paymentMethod", place.paymentMethod());
        command.put("captureMode", place.manualCapture() ? "MANUAL" : "AUTOMATIC");
        command.put("presence", place.offSession() ? "OFF_SESSION" : "INTERACTIVE");
        return command;
    }

    static ObjectNode refund(String refundId, String userId, Request.Refund refund, Instant at) {
        ObjectNode command = begin(refundId, "REFUND", refund.orderId(), userId, at);
        putGames(command, refund.gameIds());
        if (refund.amountMinor() != null) {
            command.put("amountMinor", refund.amountMinor());
        }
        putIfThere(command, "reason", refund.reason());
        return command;
    }

    static ObjectNode cancel(String userId, Request.Cancel cancel, Instant at) {
        ObjectNode command = begin("cmd_" + newId(), "CANCEL", cancel.orderId(), userId, at);
        putIfThere(command, "reason", cancel.reason());
        return command;
    }

    static ObjectNode capture(String userId, Request.Capture capture, Instant at) {
        ObjectNode command = begin("cmd_" + newId(), "CAPTURE", capture.orderId(), userId, at);
        putGames(command, capture.gameIds());
        return command;
    }

    private static ObjectNode begin(String commandId, String kind, String orderId, String userId, Instant at) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("commandId", commandId)
                .put("kind", kind)
                .put("orderId", orderId)
                .put("actor", "user:" + userId)
                .put("at", at.toString());
    }

    private static void putGames(ObjectNode command, List<String> gameIds) {
        ArrayNode games = command.putArray("gameIds");
        gameIds.forEach(games::add);
    }

    private static void putIfThere(ObjectNode command, String name, @Nullable String value) {
        if (value != null) {
            command.put(name, value);
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
