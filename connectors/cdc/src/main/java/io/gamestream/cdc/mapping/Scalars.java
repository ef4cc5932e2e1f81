package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.UUID;
import org.apache.avro.io.Encoder;

/** One value into one Avro primitive. */
final class Scalars {

    /** The database's own range begins 4713 BC and ends 5874897 AD for days; what is beyond stands for infinity. */
    private static final long FIRST_DAY = LocalDate.of(-4713, 1, 1).toEpochDay();

    private static final long LAST_DAY = LocalDate.of(5_874_897, 12, 31).toEpochDay();
    private static final long FIRST_MICROS = FIRST_DAY * 86_400_000_000L;

    /** For moments the range of 64 bits ends first, in 294247 AD. */
    private static final long LAST_MICROS = Long.MAX_VALUE - 1;

    private Scalars() {}

    private static void requireFinite(long value, long first, long last) {
        if (value < first || value > last) {
            throw new UnmappableException("infinity (expected: a moment)");
        }
    }

    static void writeBoolean(Object value, Encoder out) throws IOException {
        if (!(value instanceof Boolean flag)) {
            throw unexpected("a boolean", value);
        }
        out.writeBoolean(flag);
    }

    static void writeInt(Object value, Encoder out) throws IOException {
        long number = integer(value);
        if (number != (int) number) {
            throw new UnmappableException("a number beyond 32 bits (expected: an Avro int; make the field a long)");
        }
        out.writeInt((int) number);
    }

    static void writeLong(Object value, Encoder out) throws IOException {
        out.writeLong(integer(value));
    }

    /** Days since the epoch. */
    static void writeDate(Object value, Encoder out) throws IOException {
        out.writeInt((int) day(value));
    }

    static long day(Object value) {
        long day = integer(value);
        requireFinite(day, FIRST_DAY, LAST_DAY);
        return day;
    }

    /** A moment in microseconds since the epoch. */
    static void writeMicros(Object value, Encoder out) throws IOException {
        out.writeLong(moment(value));
    }

    /** Microseconds since the epoch into milliseconds, towards the past. */
    static void writeMillis(Object value, Encoder out) throws IOException {
        out.writeLong(Math.floorDiv(moment(value), 1_000L));
    }

    static void writeMillisOfDay(Object value, Encoder out) throws IOException {
        out.writeInt((int) Math.floorDiv(integer(value), 1_000L));
    }

    static void writeFloat(Object value, Encoder out) throws IOException {
        if (!(value instanceof Number number)) {
            throw unexpected("a number", value);
        }
        float narrow = number.floatValue();
        if (number instanceof Double && Double.compare(narrow, number.doubleValue()) != 0) {
            throw new UnmappableException("a number that a float can't hold (expected: make the field a double)");
        }
        out.writeFloat(narrow);
    }

    static void writeDouble(Object value, Encoder out) throws IOException {
        out.writeDouble(value instanceof Number number ? number.doubleValue() : doubleOf(value.toString()));
    }

    static void writeString(Object value, Encoder out) throws IOException {
        if (!(value instanceof String text)) {
            throw unexpected("text", value);
        }
        out.writeString(text);
    }

    static void writeBytes(Object value, Encoder out) throws IOException {
        if (value instanceof byte[] bytes) {
            out.writeBytes(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            out.writeBytes(buffer.duplicate());
        } else {
            throw unexpected("bytes", value);
        }
    }

    static void writeFixed(Object value, int size, Encoder out) throws IOException {
        byte[] bytes = value instanceof byte[] given ? given : bytes(value);
        if (bytes.length != size) {
            throw new UnmappableException(bytes.length + " bytes (expected: exactly " + size + ")");
        }
        out.writeFixed(bytes);
    }

    static void writeUuidBits(Object value, Encoder out) throws IOException {
        UUID uuid = UUID.fromString(value.toString());
        out.writeFixed(ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    static BigDecimal decimal(Object value) {
        try {
            return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            throw new UnmappableException("NaN or infinity (expected: a finite number)", e);
        }
    }

    static UnmappableException unexpected(String expected, Object value) {
        return new UnmappableException(
                "a value of " + value.getClass().getSimpleName() + " (expected: " + expected + ")");
    }

    static long moment(Object value) {
        long micros = integer(value);
        requireFinite(micros, FIRST_MICROS, LAST_MICROS);
        return micros;
    }

    private static long integer(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            return ((Number) value).longValue();
        }
        try {
            return decimal(value).longValueExact();
        } catch (ArithmeticException e) {
            throw new UnmappableException("a number with decimals or beyond 64 bits (expected: an integer)", e);
        }
    }

    private static double doubleOf(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isInfinite(number) && !text.endsWith("Infinity")) {
                throw new UnmappableException(
                        "a number beyond a double (expected: make the field a decimal or a string)");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new UnmappableException("text (expected: a number)", e);
        }
    }

    private static byte[] bytes(Object value) {
        if (!(value instanceof ByteBuffer buffer)) {
            throw unexpected("bytes", value);
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
