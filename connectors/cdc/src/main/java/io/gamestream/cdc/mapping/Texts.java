package io.gamestream.cdc.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** The one text form of each type, for string fields and for keys: ISO 8601, plain numbers, no padding. */
final class Texts {

    private Texts() {}

    static String of(SourceKind kind, Object value) {
        return switch (kind) {
            case CHAR -> value.toString().stripTrailing();
            case DECIMAL -> plain(value);
            case DATE -> LocalDate.ofEpochDay(Scalars.day(value)).toString();
            case TIME -> time(number(value));
            case TIMESTAMP ->
                LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC).toString();
            case TIMESTAMPTZ -> instant(value).toString();
            case BOOLEAN, INTEGER, REAL, TEXT, UUID, JSON, INTERVAL, TEXTUAL, ENUM -> value.toString();
            case BYTES, UNKNOWN -> throw Scalars.unexpected("a type with a text form", value);
        };
    }

    private static String plain(Object value) {
        String text = value.toString();
        return text.indexOf('E') < 0 ? text : new BigDecimal(text).toPlainString();
    }

    /** The database has a last moment of the day that is no other day's first. */
    private static String time(long micros) {
        return micros == TimeUnit.DAYS.toMicros(1)
                ? "24:00"
                : LocalTime.ofNanoOfDay(TimeUnit.MICROSECONDS.toNanos(micros)).toString();
    }

    private static Instant instant(Object value) {
        long micros = Scalars.moment(value);
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private static long number(Object value) {
        if (!(value instanceof Number number)) {
            throw Scalars.unexpected("a number", value);
        }
        return number.longValue();
    }
}
