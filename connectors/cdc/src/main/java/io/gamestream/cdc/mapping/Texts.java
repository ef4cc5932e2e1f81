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
            case DATE -> LocalDate.ofEpochDay(number(value)).toString();
            case TIME ->
                LocalTime.ofNanoOfDay(TimeUnit.MICROSECONDS.toNanos(number(value)))
                        .toString();
            case TIMESTAMP ->
                LocalDateTime.ofInstant(micros(value), ZoneOffset.UTC).toString();
            case TIMESTAMPTZ -> micros(value).toString();
            case BOOLEAN, INTEGER, REAL, TEXT, UUID, JSON, INTERVAL, TEXTUAL, ENUM -> value.toString();
            case BYTES, UNKNOWN -> throw Scalars.unexpected("a type with a text form", value);
        };
    }

    private static String plain(Object value) {
        String text = value.toString();
        return text.indexOf('E') < 0 ? text : new BigDecimal(text).toPlainString();
    }

    private static Instant micros(Object value) {
        long micros = number(value);
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private static long number(Object value) {
        if (!(value instanceof Number number)) {
            throw Scalars.unexpected("a number", value);
        }
        return number.longValue();
    }
}
