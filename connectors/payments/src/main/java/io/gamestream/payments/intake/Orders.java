package io.gamestream.payments.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.payments.intake.Idempotent.Done;
import io.gamestream.payments.intake.OrderRules.CatalogueGame;
import io.gamestream.payments.intake.OrderRules.Line;
import io.gamestream.payments.intake.OrderRules.Priced;
import io.gamestream.payments.intake.Request.Place;
import io.gamestream.payments.intake.Request.Wanted;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Orders and what is asked about them, in Postgres: the order's row, and the command in the outbox. */
final class Orders {

    private final InstantSource clock;

    Orders(InstantSource clock) {
        this.clock = clock;
    }

    Done place(Connection transaction, Place place) throws SQLException {
        requireUser(transaction, place.userId());
        Priced priced = OrderRules.price(place, catalogue(transaction, place.lines()));
        String id = OrderIds.next();
        Instant now = now();
        insertOrder(transaction, id, place.userId(), priced, now);
        ObjectNode command = Commands.place(id, place, priced, now);
        insertCommand(transaction, id, "PLACE", command);
        ObjectNode answer = answer(id, "PENDING", now);
        answer.put("userId", place.userId());
        answer.set("lines", lines(priced));
        answer.putObject("total").put("amountMinor", priced.totalMinor()).put("currency", priced.currency());
        return new Done(id, answer.toString());
    }

    Done refund(Connection transaction, Request.Refund refund) throws SQLException {
        Placed order = find(transaction, refund.orderId());
        requireLines(order, refund.gameIds());
        Long amount = refund.amountMinor();
        if (amount != null && amount > order.totalMinor()) {
            throw Refusals.unprocessable(
                    "refund-too-large",
                    "More than the order's total can't be refunded",
                    "amountMinor: " + amount + " (expected: at most " + order.totalMinor() + ")");
        }
        Instant now = now();
        String refundId = "rfd_" + UUID.randomUUID().toString().replace("-", "");
        insertCommand(transaction, order.id(), "REFUND", Commands.refund(refundId, order.userId(), refund, now));
        ObjectNode answer = answer(order.id(), "REFUND_REQUESTED", now);
        answer.put("refundId", refundId);
        return new Done(order.id(), answer.toString());
    }

    Done cancel(Connection transaction, Request.Cancel cancel) throws SQLException {
        Placed order = find(transaction, cancel.orderId());
        Instant now = now();
        insertCommand(transaction, order.id(), "CANCEL", Commands.cancel(order.userId(), cancel, now));
        return new Done(order.id(), answer(order.id(), "CANCEL_REQUESTED", now).toString());
    }

    Done capture(Connection transaction, Request.Capture capture) throws SQLException {
        Placed order = find(transaction, capture.orderId());
        requireLines(order, capture.gameIds());
        if (!capture.gameIds().isEmpty() && Collections.disjoint(capture.gameIds(), order.pricedIds())) {
            throw Refusals.unprocessable(
                    "nothing-to-capture",
                    "There is no money to take for these games",
                    "gameIds: " + capture.gameIds() + " cost nothing (expected: at least one that does)");
        }
        Instant now = now();
        insertCommand(transaction, order.id(), "CAPTURE", Commands.capture(order.userId(), capture, now));
        return new Done(order.id(), answer(order.id(), "CAPTURE_REQUESTED", now).toString());
    }

    /** @param pricedIds of the games, those that cost something */
    private record Placed(String id, String userId, long totalMinor, Set<String> gameIds, Set<String> pricedIds) {}

    private static ObjectNode answer(String orderId, String status, Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("orderId", orderId)
                .put("status", status)
                .put("acceptedAt", now.toString());
    }

    private static void requireUser(Connection transaction, String userId) throws SQLException {
        try (PreparedStatement find =
                transaction.prepareStatement("SELECT status::text FROM identity.users WHERE id = ?")) {
            find.setString(1, userId);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    throw Refusals.unprocessable(
                            "unknown-user", "There is no such user", "There is no user " + userId + ".");
                }
                if (!"ACTIVE".equals(row.getString(1))) {
                    throw Refusals.unprocessable(
                            "user-not-active",
                            "The user may not buy",
                            "User " + userId + " is " + row.getString(1) + ".");
                }
            }
        }
    }

    private static Map<String, CatalogueGame> catalogue(Connection transaction, List<Wanted> lines)
            throws SQLException {
        Map<String, CatalogueGame> found = new HashMap<>();
        Array ids = transaction.createArrayOf(
                "text", lines.stream().map(Wanted::gameId).toArray());
        try (PreparedStatement find = transaction.prepareStatement(
                "SELECT id, price_minor, currency, status = 'ACTIVE' FROM catalog.games WHERE id = ANY (?)")) {
            find.setArray(1, ids);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            new CatalogueGame(row.getString(1), row.getLong(2), row.getString(3), row.getBoolean(4)));
                }
            }
        } finally {
            ids.free();
        }
        return found;
    }

    private static Placed find(Connection transaction, String orderId) throws SQLException {
        try (PreparedStatement find = transaction.prepareStatement(
                "SELECT user_id, total_minor, ARRAY (SELECT line ->> 'gameId' FROM jsonb_array_elements(lines) line),"
                        + " ARRAY (SELECT line ->> 'gameId' FROM jsonb_array_elements(lines) line"
                        + " WHERE line ->> 'unitPriceMinor' <> '0') FROM payments.orders WHERE id = ?")) {
            find.setString(1, orderId);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    throw Refusals.notFound(orderId);
                }
                if (!OrderIds.isPlacedHere(orderId)) {
                    throw Refusals.notPaidHere(orderId);
                }
                return new Placed(orderId, row.getString(1), row.getLong(2), strings(row, 3), strings(row, 4));
            }
        }
    }

    private static Set<String> strings(ResultSet row, int column) throws SQLException {
        return Set.copyOf(List.of((String[]) row.getArray(column).getArray()));
    }

    private static void requireLines(Placed order, List<String> gameIds) {
        for (String game : gameIds) {
            if (!order.gameIds().contains(game)) {
                throw Refusals.unprocessable(
                        "not-in-order",
                        "The order has no such game",
                        "Order " + order.id() + " has no game " + game + ".");
            }
        }
    }

    private static void insertOrder(Connection transaction, String id, String userId, Priced priced, Instant now)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(
                "INSERT INTO payments.orders (id, user_id, lines, total_minor, currency, placed_at, updated_at)"
                        + " VALUES (?, ?, ?::jsonb, ?, ?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, userId);
            insert.setString(3, lines(priced).toString());
            insert.setLong(4, priced.totalMinor());
            insert.setString(5, priced.currency());
            insert.setObject(6, now.atOffset(ZoneOffset.UTC));
            insert.setObject(7, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static void insertCommand(Connection transaction, String orderId, String kind, ObjectNode command)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(
                "INSERT INTO payments.outbox (aggregate_type, aggregate_id, event_type, payload)" + " VALUES ('"
                        + Commands.AGGREGATE + "', ?, ?, ?::jsonb)")) {
            insert.setString(1, orderId);
            insert.setString(2, kind);
            insert.setString(3, command.toString());
            insert.executeUpdate();
        }
    }

    static ArrayNode lines(Priced priced) {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        for (Line line : priced.lines()) {
            lines.addObject()
                    .put("gameId", line.gameId())
                    .put("quantity", line.quantity())
                    .put("unitPriceMinor", line.unitPriceMinor());
        }
        return lines;
    }

    /** As Postgres keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
