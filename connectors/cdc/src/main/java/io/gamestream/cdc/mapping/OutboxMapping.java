package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Rows of an outbox table as events. Not thread-safe. */
public final class OutboxMapping {

    private final String table;
    private final Names names;
    private final Map<String, Route> routes;
    private final FrameBuffer buffer = new FrameBuffer();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
    private final Map<String, JsonCoercion> payloads = new HashMap<>();

    /** The table's columns. */
    public record Names(String id, String aggregateType, String aggregateId, String eventType, String payload) {}

    /**
     * Where events of an aggregate type go.
     *
     * @param schema of the payload; null for JSON as it is
     * @param schemaId of it, in the registry
     */
    public record Route(String topic, @Nullable Schema schema, int schemaId) {}

    /** An event to be written. Holds arrays, and is nobody's to compare. */
    public static final class Event {

        public final String topic;
        public final byte[] key;
        public final byte[] value;
        public final String id;
        public final String type;

        private Event(String topic, byte[] key, byte[] value, String id, String type) {
            this.topic = topic;
            this.key = key;
            this.value = value;
            this.id = id;
            this.type = type;
        }
    }

    /**
     * A mapping.
     *
     * @param routes by aggregate type
     */
    public OutboxMapping(String table, Names names, Map<String, Route> routes) {
        this.table = table;
        this.names = names;
        this.routes = Map.copyOf(routes);
        routes.values().forEach(route -> {
            if (route.schema() != null) {
                payloads.put(route.topic(), new JsonCoercion(route.schema()));
            }
        });
    }

    public String table() {
        return table;
    }

    /**
     * Checks the table as the database describes it.
     *
     * @throws MappingException naming the column that is missing or of the wrong type
     */
    public static void check(String table, Names names, Map<String, ColumnType> columns) {
        for (String column :
                List.of(names.id(), names.aggregateType(), names.aggregateId(), names.eventType(), names.payload())) {
            ColumnType type = columns.get(column);
            if (type == null) {
                throw new MappingException("outbox " + table + " has no column " + column
                        + ". Name the one that it has (id, aggregate-type, aggregate-id, event-type, payload = ...)");
            }
            if (type.array() || type.kind() == SourceKind.BYTES || type.kind() == SourceKind.UNKNOWN) {
                throw new MappingException("outbox " + table + ", column " + column + " (" + type
                        + ") has no text form (expected: text, uuid or json)");
            }
        }
    }

    /**
     * The event that a row is.
     *
     * @throws UnmappableException where there is no route for it, or its payload doesn't fit the schema
     */
    public Event event(Struct row) {
        String type = text(row, names.aggregateType());
        Route route = routes.get(type);
        if (route == null) {
            throw new UnmappableException("outbox " + table + ": no route for aggregate type '" + type + "' (known: "
                    + routes.keySet() + ")");
        }
        return new Event(
                route.topic(),
                text(row, names.aggregateId()).getBytes(StandardCharsets.UTF_8),
                value(route, text(row, names.payload())),
                text(row, names.id()),
                text(row, names.eventType()));
    }

    private byte[] value(Route route, String payload) {
        JsonCoercion coercion = payloads.get(route.topic());
        if (coercion == null) {
            return payload.getBytes(StandardCharsets.UTF_8);
        }
        buffer.begin(route.schemaId());
        try {
            coercion.write(payload, encoder);
            encoder.flush();
        } catch (UnmappableException e) {
            throw new UnmappableException("outbox " + table + ", " + names.payload() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    private String text(Struct row, String column) {
        Field field = row.schema().field(column);
        if (field == null) {
            throw new MappingException("outbox " + table + " has lost its column " + column);
        }
        Object value = RowPlan.value(row, field);
        if (value == null || Toast.isMissing(value)) {
            throw new UnmappableException("outbox " + table + ", column " + column + ": NULL (expected: a value)");
        }
        return Texts.of(ColumnType.ofEngine(field.schema()).kind(), value);
    }
}
