package io.gamestream.cdc.capture;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code timestamptz} as microseconds since the epoch: the engine's own form is ISO 8601 text, which would be formatted
 * and parsed again for every row. {@code date} as days since the epoch: the engine's own form has lost which years are
 * before Christ in rows that a snapshot reads.
 */
public final class MomentConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {

    /** {@code PGStatement.DATE_POSITIVE_INFINITY}, in milliseconds. */
    private static final long DRIVERS_INFINITY = 9_223_372_036_825_200_000L;

    private static final String SOURCE_TYPE = "__debezium.source.column.type";

    @Override
    public void configure(Properties properties) {}

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        if ("timestamptz".equalsIgnoreCase(column.typeName())) {
            SchemaBuilder schema = SchemaBuilder.int64().optional().parameters(Map.of(SOURCE_TYPE, "TIMESTAMPTZ"));
            Object fallback = column.defaultValue();
            registration.register(schema, value -> micros(value, fallback));
        } else if ("date".equalsIgnoreCase(column.typeName())) {
            SchemaBuilder schema = SchemaBuilder.int32().optional().parameters(Map.of(SOURCE_TYPE, "DATE"));
            Object fallback = column.defaultValue();
            registration.register(schema, value -> day(value, fallback));
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

    /** Infinity becomes the first or last day of 32 bits, for the mapping to refuse. */
    static @Nullable Object day(@Nullable Object value, @Nullable Object fallback) {
        if (value == null) {
            return null;
        }
        if (value instanceof LocalDate day) {
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, day.toEpochDay()));
        }
        if (value instanceof Date day) {
            return day(day.getTime() >= DRIVERS_INFINITY ? LocalDate.MAX : localDate(day), null);
        }
        if (value instanceof Integer day) {
            return day;
        }
        if (value instanceof String text) {
            return text.equals(fallback) ? (Integer) 0 : day(LocalDate.parse(text), null);
        }
        throw new IllegalArgumentException("a date as " + value.getClass().getName());
    }

    /** {@link Date#toLocalDate} takes the years before Christ for those after. */
    private static LocalDate localDate(Date day) {
        GregorianCalendar calendar = new GregorianCalendar();
        calendar.setTime(day);
        int year = calendar.get(Calendar.YEAR);
        return calendar.get(Calendar.ERA) == GregorianCalendar.BC
                ? LocalDate.of(1 - year, calendar.get(Calendar.MONTH) + 1, calendar.get(Calendar.DAY_OF_MONTH))
                : day.toLocalDate();
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
