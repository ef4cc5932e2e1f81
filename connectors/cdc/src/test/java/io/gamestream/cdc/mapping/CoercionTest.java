package io.gamestream.cdc.mapping;

import static io.gamestream.cdc.mapping.Rows.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A value gets through exactly, or is refused with what was expected; never changed in silence. */
class CoercionTest {

    private static final String MICROS = "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}";
    private static final String MILLIS = "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";
    private static final String DATE = "{\"type\": \"int\", \"logicalType\": \"date\"}";
    private static final String DECIMAL =
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 20, \"scale\": 4}";
    private static final String FIXED_DECIMAL = "{\"type\": \"fixed\", \"name\": \"D\", \"size\": 12,"
            + " \"logicalType\": \"decimal\", \"precision\": 20, \"scale\": 4}";
    private static final long DAY_MICROS = 86_400_000_000L;

    /** 4713 BC. */
    private static final long FIRST_MICROS = -210_895_056_000_000_000L;

    @Property
    void everyIntegerGetsThroughOrIsRefused(@ForAll long value) {
        assertThat(through("int8", value, "\"long\"")).isEqualTo(value);
        assertThat(through("int8", value, "\"string\"")).hasToString(Long.toString(value));
        if (value == (int) value) {
            assertThat(through("int8", value, "\"int\"")).isEqualTo((int) value);
        } else {
            refused("int8", value, "\"int\"", "beyond 32 bits");
        }
        assertThat(through("int4", (int) value, "\"int\"")).isEqualTo((int) value);
        assertThat(through("int2", (short) value, "\"int\"")).isEqualTo((int) (short) value);
    }

    @Property
    void everyMomentGetsThrough(@ForAll long micros) {
        Assume.that(micros > FIRST_MICROS && micros < Long.MAX_VALUE);
        assertThat(through("timestamptz", micros, MICROS)).isEqualTo(micros);
        assertThat(through("timestamp", micros, MICROS)).isEqualTo(micros);
        assertThat(through("timestamptz", micros, MILLIS)).isEqualTo(Math.floorDiv(micros, 1_000L));
        String text = String.valueOf(through("timestamptz", micros, "\"string\""));
        java.time.Instant instant = java.time.Instant.parse(text);
        assertThat(Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000))
                .isEqualTo(micros);
    }

    @Example
    void infinityIsNoMoment() {
        for (String type : List.of("timestamptz", "timestamp")) {
            for (String field : List.of(MICROS, MILLIS, "\"string\"")) {
                refused(type, Long.MAX_VALUE, field, "infinity (expected: a moment)");
                refused(type, Long.MIN_VALUE, field, "infinity (expected: a moment)");
            }
        }
        refused("date", Integer.MAX_VALUE, DATE, "infinity (expected: a moment)");
        refused("date", Integer.MIN_VALUE, DATE, "infinity (expected: a moment)");
        refused("date", Integer.MAX_VALUE, "\"string\"", "infinity (expected: a moment)");
    }

    @Example
    void daysAndTimesOfDayGetThrough() {
        assertThat(through("date", -1, DATE)).isEqualTo(-1);
        assertThat(through("date", -1, "\"string\"")).hasToString("1969-12-31");
        assertThat(through("date", -2_440_588, DATE)).as("4713 BC").isEqualTo(-2_440_588);
        String micros = "{\"type\": \"long\", \"logicalType\": \"time-micros\"}";
        String millis = "{\"type\": \"int\", \"logicalType\": \"time-millis\"}";
        assertThat(through("time", DAY_MICROS - 1, micros)).isEqualTo(DAY_MICROS - 1);
        assertThat(through("time", DAY_MICROS - 1, millis)).isEqualTo(86_399_999);
        assertThat(through("time", DAY_MICROS - 1, "\"string\"")).hasToString("23:59:59.999999");
        assertThat(through("time", DAY_MICROS, "\"string\""))
                .as("Postgres has 24:00")
                .hasToString("24:00");
    }

    @Property
    void aNumberKeepsEveryDigit(@ForAll @BigRange(min = "-1e15", max = "1e15") @Scale(4) BigDecimal number) {
        String text = number.toPlainString();
        for (String field : List.of(DECIMAL, FIXED_DECIMAL)) {
            assertThat(decimal(through("numeric", text, field))).isEqualByComparingTo(number);
        }
        assertThat(through("numeric", text, "\"string\"")).hasToString(text);
        if (number.stripTrailingZeros().scale() <= 0) {
            assertThat(through("numeric", text, "\"long\"")).isEqualTo(number.longValueExact());
        } else {
            refused("numeric", text, "\"long\"", "with decimals or beyond 64 bits");
        }
    }

    @Example
    void aNumberThatDoesNotFitIsRefusedAndNotRounded() {
        for (String field : List.of(DECIMAL, FIXED_DECIMAL)) {
            refused("numeric", "0.00001", field, "5 decimals (expected: at most 4)");
            refused("numeric", "12345678901234567.0", field, "21 digits (expected: at most 20)");
            assertThat(decimal(through("numeric", "1.50000000", field))).isEqualByComparingTo("1.5");
            assertThat(decimal(through("numeric", "-1", field))).isEqualByComparingTo("-1");
            for (String strange : List.of("NaN", "Infinity", "-Infinity")) {
                refused("numeric", strange, field, "NaN or infinity (expected: a finite number)");
            }
        }
        refused("numeric", "NaN", "\"long\"", "NaN or infinity");
        assertThat(through("numeric", "NaN", "\"double\"")).isEqualTo(Double.NaN);
        assertThat(through("numeric", "-Infinity", "\"double\"")).isEqualTo(Double.NEGATIVE_INFINITY);
        refused("numeric", "1" + "0".repeat(400), "\"double\"", "beyond a double");
        assertThat(through("numeric", "1E+3", "\"string\"")).hasToString("1000");
        refused("float8", 0.1, "\"int\"", null);
    }

    @Property
    void realsGetThrough(@ForAll double wide, @ForAll float narrow) {
        assertThat(through("float8", wide, "\"double\"")).isEqualTo(wide);
        assertThat(through("float4", narrow, "\"float\"")).isEqualTo(narrow);
        assertThat(through("float4", narrow, "\"double\"")).isEqualTo((double) narrow);
        if ((float) wide != wide && !Double.isNaN(wide)) {
            refused("float8", wide, "\"float\"", "a float can't hold");
        }
    }

    @Property
    void textGetsThrough(@ForAll @CharRange(from = '\u0001', to = '\uD7FF') String text) {
        assertThat(through("text", text, "\"string\"")).hasToString(text);
        assertThat(through("text", text + "😀", "[\"null\", \"string\"]")).hasToString(text + "😀");
        assertThat(through("bpchar", text.stripTrailing() + "   ", "\"string\""))
                .hasToString(text.stripTrailing());
    }

    @Property
    void bytesGetThrough(@ForAll @Size(max = 3_000) byte[] bytes) {
        assertThat(through("bytea", ByteBuffer.wrap(bytes), "\"bytes\"")).isEqualTo(ByteBuffer.wrap(bytes));
        String fixed = "{\"type\": \"fixed\", \"name\": \"F\", \"size\": " + Math.max(1, bytes.length) + "}";
        if (bytes.length > 0) {
            assertThat(fixed(through("bytea", ByteBuffer.wrap(bytes), fixed))).isEqualTo(bytes);
        } else {
            refused("bytea", ByteBuffer.wrap(bytes), fixed, "0 bytes (expected: exactly 1)");
        }
    }

    @Property
    void uuidsGetThrough(@ForAll long high, @ForAll long low) {
        UUID uuid = new UUID(high, low);
        assertThat(through("uuid", uuid.toString(), "{\"type\": \"string\", \"logicalType\": \"uuid\"}"))
                .hasToString(uuid.toString());
        String binary = "{\"type\": \"fixed\", \"name\": \"U\", \"size\": 16}";
        ByteBuffer bits = ByteBuffer.wrap(fixed(through("uuid", uuid.toString(), binary)));
        assertThat(new UUID(bits.getLong(), bits.getLong())).isEqualTo(uuid);
    }

    @Property
    void arraysGetThroughWithTheirNulls(@ForAll @Size(max = 50) List<Integer> numbers) {
        assertThat(through("int4[]", numbers, "{\"type\": \"array\", \"items\": \"int\"}"))
                .isEqualTo(numbers);
        List<@Nullable Integer> gaps = new java.util.ArrayList<>(numbers);
        gaps.add(null);
        assertThat(through("int4[]", gaps, "{\"type\": \"array\", \"items\": [\"int\", \"null\"]}"))
                .isEqualTo(gaps);
        refused("int4[]", gaps, "{\"type\": \"array\", \"items\": \"int\"}", "NULL in an array");
    }

    @Example
    void anEnumTakesItsSymbolsOnly() {
        String color =
                "{\"type\": \"enum\", \"name\": \"Color\", \"symbols\": [\"RED\", \"BLUE\"], \"default\": \"RED\"}";
        assertThat(through("enum", "BLUE", color)).hasToString("BLUE");
        assertThat(through("bpchar", "RED  ", color)).hasToString("RED");
        refused("enum", "GREEN", color, "'GREEN' is no symbol of Color (expected: one of [RED, BLUE])");
        refused("text", "secret", color, "a word that is no symbol of Color (expected: one of [RED, BLUE])");
        assertThat(through("enum[]", List.of("RED"), "{\"type\": \"array\", \"items\": " + color + "}"))
                .hasToString("[RED]");
    }

    @Example
    void jsonBecomesNestedRecords() {
        String line =
                "{\"type\": \"record\", \"name\": \"Line\", \"fields\": [{\"name\": \"sku\", \"type\": \"string\"},"
                        + " {\"name\": \"price\", \"type\": [\"null\", " + DECIMAL + "], \"default\": null},"
                        + " {\"name\": \"at\", \"type\": [\"null\", " + MICROS + "], \"default\": null},"
                        + " {\"name\": \"qty\", \"type\": \"int\", \"default\": 1}]}";
        String lines = "{\"type\": \"map\", \"values\": {\"type\": \"array\", \"items\": " + line + "}}";
        Object value = through(
                "jsonb",
                "{\"north\": [{\"sku\": \"a\", \"price\": 1.2500, \"extra\": {\"deep\": []}},"
                        + " {\"sku\": \"b\", \"qty\": 3, \"price\": null, \"at\": \"2026-02-28T01:00:00.000001+01:00\"}]}",
                lines);
        List<?> north = (List<?>)
                ((Map<?, ?>) Objects.requireNonNull(value)).values().iterator().next();
        assertThat(decimal(((GenericRecord) north.get(0)).get("price"))).isEqualByComparingTo("1.25");
        assertThat(((GenericRecord) north.get(0)).get("qty")).isEqualTo(1);
        assertThat(((GenericRecord) north.get(1)).get("at")).isEqualTo(1_772_236_800_000_001L);
        refused("jsonb", "{\"n\": [{}]}", lines, "the JSON has nothing at '{}[].sku', which the contract requires");
        refused("jsonb", "{\"n\": [{\"sku\": \"a\", \"qty\": 1.5}]}", lines, "'{}[].qty' (expected: an integer)");
        refused("jsonb", "{\"n\": [{\"sku\": \"a\", \"qty\": 3000000000}]}", lines, "(expected: a number of 32 bits)");
        refused("jsonb", "{\"n\": {\"private\": 1}}", lines, "the JSON has object at '{}' (expected: an array)");
        refused("json", "{\"n\": [", lines, "text that isn't JSON");
        refused(
                "jsonb",
                "{\"n\": [{\"sku\": \"a\", \"at\": \"+999999999-12-31T00:00:00Z\"}]}",
                lines,
                "'{}[].at' (expected: ISO 8601)");
    }

    @Example
    void jsonThatIsHugeOrTooPreciseIsTakenWholeOrRefused() {
        String text = "x".repeat(2_000_000);
        assertThat(through("jsonb", "{\"a\": \"" + text + "\"}", "{\"type\": \"map\", \"values\": \"string\"}"))
                .satisfies(map ->
                        assertThat(((Map<?, ?>) map).values().iterator().next()).hasToString(text));
        StringBuilder many = new StringBuilder("[0");
        for (int i = 1; i < 100_000; i++) {
            many.append(',').append(i);
        }
        assertThat((List<?>) through("jsonb", many + "]", "{\"type\": \"array\", \"items\": \"long\"}"))
                .hasSize(100_000);
        refused("jsonb", "[1e400]", "{\"type\": \"array\", \"items\": \"double\"}", "(expected: a number of 64 bits)");
        refused("jsonb", "[\"not Base64!\"]", "{\"type\": \"array\", \"items\": \"bytes\"}", "(expected: Base64 text)");
        refused("jsonb", "[1e30]", "{\"type\": \"array\", \"items\": \"long\"}", "(expected: a number of 64 bits)");
        String deep = "[".repeat(2_000) + "]".repeat(2_000);
        assertThatThrownBy(() -> through("jsonb", deep, "{\"type\": \"map\", \"values\": \"string\"}"))
                .isInstanceOf(UnmappableException.class);
        assertThat(through("jsonb", "{\"a\": 1}", "\"string\"")).hasToString("{\"a\": 1}");
    }

    @Example
    void aLargeValueThatTheLogLeavesOutIsRefused() {
        byte[] bytes = Toast.PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
        String reason = "the log doesn't hold this large value, which the update left alone";
        refused("text", Toast.PLACEHOLDER, "\"string\"", reason);
        refused("jsonb", Toast.PLACEHOLDER, "{\"type\": \"map\", \"values\": \"string\"}", reason);
        refused("bytea", ByteBuffer.wrap(bytes), "\"bytes\"", reason);
        refused("text[]", List.of(Toast.PLACEHOLDER), "{\"type\": \"array\", \"items\": \"string\"}", reason);
        Integer[] numbers = new Integer[bytes.length];
        Arrays.setAll(numbers, i -> (int) bytes[i]);
        refused("int4[]", List.of(numbers), "{\"type\": \"array\", \"items\": \"int\"}", reason);
        assertThat(through("text", "__backbone", "\"string\"")).hasToString("__backbone");
    }

    @Example
    void nullGoesWhereTheContractHasRoomForIt() {
        assertThat(through("text", null, "[\"null\", \"string\"]")).isNull();
        assertThat(through("int4", null, "[\"int\", \"null\"]")).isNull();
        refused("text", null, "\"string\"", "NULL (expected: a value; make the field a union with null)");
    }

    /** @param reason null where the types don't fit at all */
    private static void refused(String column, @Nullable Object value, String field, @Nullable String reason) {
        if (reason == null) {
            assertThatThrownBy(() -> through(column, value, field)).isInstanceOf(MappingException.class);
            return;
        }
        assertThatThrownBy(() -> through(column, value, field))
                .isInstanceOf(UnmappableException.class)
                .hasMessageContaining(reason)
                .hasMessageStartingWith("table shop.things, column v (");
    }

    private static byte[] fixed(@Nullable Object value) {
        return ((GenericData.Fixed) Objects.requireNonNull(value)).bytes();
    }

    private static BigDecimal decimal(@Nullable Object value) {
        byte[] bits = value instanceof GenericData.Fixed fixed
                ? fixed.bytes()
                : ((ByteBuffer) Objects.requireNonNull(value)).array();
        return new BigDecimal(new BigInteger(bits), 4);
    }
}
