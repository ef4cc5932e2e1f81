package io.gamestream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.Encoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few bytes must not cost more than a few bytes. These tests run in a JVM too small for what the records claim. */
class HostileRecordTest {

    private static final int HUGE = Integer.MAX_VALUE - 8;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"bytes\"",
                "{\"type\":\"array\",\"items\":\"string\"}",
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"map\",\"values\":\"long\"}",
            })
    void refusesAClaimedLengthThatTheRecordDoesNotHave(String type) {
        for (long claim : new long[] {HUGE, Long.MAX_VALUE, 5_000_000_000L}) {
            assertThatThrownBy(() -> decode(type, out -> out.writeLong(claim)))
                    .as(type + " of " + claim)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("topic-a");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void refusesANegativeLength(long claim) {
        assertThatThrownBy(() -> decode("\"string\"", out -> out.writeLong(claim)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a length of " + claim);
    }

    @Test
    void refusesTheMostNegativeBlockCount() {
        assertThatThrownBy(() -> decode("{\"type\":\"array\",\"items\":\"long\"}", out -> {
                    out.writeLong(Long.MIN_VALUE);
                    out.writeLong(0);
                }))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesManyBlocksThatEachClaimManyItemsWithoutBytes() {
        assertThatThrownBy(() -> decode("{\"type\":\"array\",\"items\":\"null\"}", out -> {
                    for (int block = 0; block < 100_000; block++) {
                        out.writeLong(99_000);
                    }
                    out.writeLong(0);
                }))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("99000 items");
    }

    @Test
    void refusesNestingThatIsDeeperThanTheStack() {
        String node =
                "{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}";
        assertThatThrownBy(() -> decode(node, out -> {
                    for (int depth = 0; depth < 1_000_000; depth++) {
                        out.writeIndex(1);
                    }
                    out.writeIndex(0);
                }))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesABranchAndASymbolThatTheSchemaDoesNotHave() {
        assertThatThrownBy(() -> decode("[\"null\",\"long\"]", out -> out.writeIndex(2)))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> decode("[\"null\",\"long\"]", out -> out.writeIndex(-1)))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(
                        () -> decode("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}", out -> out.writeEnum(1)))
                .isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffff01", "ffffffffffffffffffff01"})
    void refusesANumberOfTooManyBytes(String hex) {
        byte[] digits = HexFormat.of().parseHex(hex);
        String type = digits.length < 10 ? "\"int\"" : "\"long\"";
        assertThatThrownBy(() -> decode(type, out -> out.writeFixed(digits)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("of more than");
    }

    @Test
    void refusesBytesAfterTheValue() {
        assertThatThrownBy(() -> decode("\"int\"", out -> {
                    out.writeInt(1);
                    out.writeInt(2);
                }))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("topic-a", "1 bytes are left over");
    }

    @FunctionalInterface
    private interface Bytes {
        void write(Encoder out) throws IOException;
    }

    private static Object decode(String type, Bytes bytes) {
        Schema schema = new Schema.Parser().parse(type);
        byte[] record = AvroEncoder.encode(7, bytes::write);
        return AvroDecoder.<Object>generic(schema, schema, new GenericData()).decode("topic-a", record);
    }
}
