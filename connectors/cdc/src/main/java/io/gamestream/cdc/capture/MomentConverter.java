package io.gamestream.cdc.capture;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code timestamptz} as microseconds since the epoch: the engine's own form is ISO 8601 text, which would be formatted
 * and parsed again for every row.
 */
public final class MomentConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {

    private static final String SOURCE_TYPE = "__debezium.source.column.type";

    @Override
    public void configure(Properties properties) {}

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        if ("timestamptz".equalsIgnoreCase(column.typeName())) {
            SchemaBuilder schema = SchemaBuilder.int64().optional().parameters(Map.of(SOURCE_TYPE, "TIMESTAMPTZ"));
            Object fallback = column.defaultValue();
            registration.register(schema, value -> micros(value, fallback));
        }
    }

    /** A default is worked out by the database, as part of the row; what the engine has is its text, such as now(). */
    static @Nullable Object micros(@Nullable Object value, @Nullable Object fallback) {
        if (value == null) {
            return null;
        }
        if (value instanceof OffsetDateTime moment) {
            return micros(moment.toInstant());
        }
        if (value instanceof Timestamp moment) {
            return micros(moment.toInstant());
        }
        if (value instanceof ZonedDateTime moment) {
            return micros(moment.toInstant());
        }
        if (value instanceof Instant moment) {
            return micros(moment);
        }
        if (value instanceof Long micros) {
            return micros;
        }
        if (value instanceof String text) {
            return text.equals(fallback) ? 0L : Moments.parse(text);
        }
        throw new IllegalArgumentException(
                "a timestamptz as " + value.getClass().getName());
    }

    private static long micros(Instant moment) {
        try {
            return Math.addExact(
                    Math.multiplyExact(moment.getEpochSecond(), 1_000_000L),
                    TimeUnit.NANOSECONDS.toMicros(moment.getNano()));
        } catch (ArithmeticException e) {
            return moment.getEpochSecond() < 0 ? Moments.MINUS_INFINITY : Moments.INFINITY;
        }
    }
}
