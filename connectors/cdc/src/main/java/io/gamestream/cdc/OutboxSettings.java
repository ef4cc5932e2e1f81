package io.gamestream.cdc;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.gamestream.cdc.source.TableName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code cdc.outbox}: a table whose inserted rows are whole events.
 *
 * @param table {@code schema.table}
 * @param columns what the row's parts are called
 * @param routes by aggregate type
 */
public record OutboxSettings(TableName table, Columns columns, Map<String, Route> routes) {

    /** Names of the columns. */
    public record Columns(String id, String aggregateType, String aggregateId, String eventType, String payload) {}

    /**
     * Where the events of an aggregate type go.
     *
     * @param schema an .avsc file or {@code classpath:} resource for the payload; null for the topic catalogue's, and for JSON as
     *     it is where that has none
     * @param partitions of the topic where it has to be created and isn't in the topic catalogue
     */
    public record Route(String topic, @Nullable String schema, int partitions) {}

    public OutboxSettings {
        if (routes.isEmpty()) {
            throw new IllegalArgumentException(
                    "routes of outbox " + table + ": {} (expected: aggregate type = { topic = ... })");
        }
        routes = Map.copyOf(routes);
    }

    /** From settings, where the names of columns and {@code schema} may be left out. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static OutboxSettings of(Map<String, Object> given) {
        Given entry = new Given("cdc.outbox", given);
        Columns columns = new Columns(
                entry.text("id", "id"),
                entry.text("aggregate-type", "aggregate_type"),
                entry.text("aggregate-id", "aggregate_id"),
                entry.text("event-type", "event_type"),
                entry.text("payload", "payload"));
        Map<String, Route> routes = new HashMap<>();
        entry.object("routes").forEach((type, route) -> routes.put(type, route(type, route)));
        OutboxSettings settings = new OutboxSettings(TableName.parse(entry.text("table")), columns, routes);
        entry.requireAllKnown();
        return settings;
    }

    private static Route route(String type, Object given) {
        if (!(given instanceof Map<?, ?> values)) {
            throw new IllegalArgumentException("route of " + type + ": " + given + " (expected: { topic = ... })");
        }
        Map<String, Object> named = new HashMap<>();
        values.forEach((name, value) -> named.put(String.valueOf(name), value));
        Given entry = new Given("cdc.outbox.routes", named);
        Route route = new Route(entry.text("topic"), entry.optionalText("schema"), entry.number("partitions", 4));
        entry.requireAllKnown();
        return route;
    }
}
