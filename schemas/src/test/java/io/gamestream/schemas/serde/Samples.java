package io.gamestream.schemas.serde;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Values to write and read: one schema with every type of Avro, and generated classes. */
final class Samples {

    static final Schema EVERYTHING = new Schema.Parser().parse("""
            {"type": "record", "name": "Everything", "namespace": "test", "fields": [
              {"name": "aBoolean", "type": "boolean"},
              {"name": "anInt", "type": "int"},
              {"name": "aLong", "type": "long"},
              {"name": "aFloat", "type": "float"},
              {"name": "aDouble", "type": "double"},
              {"name": "aString", "type": "string"},
              {"name": "someBytes", "type": "bytes"},
              {"name": "aFixed", "type": {"type": "fixed", "name": "Four", "size": 4}},
              {"name": "anEnum", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN", "BLUE"]}},
              {"name": "aUnion", "type": ["null", "long", "string"], "default": null},
              {"name": "longs", "type": {"type": "array", "items": "long"}},
              {"name": "children", "type": {"type": "array", "items": {
                "type": "record", "name": "Child", "fields": [{"name": "name", "type": ["null", "string"]}]}}},
              {"name": "byName", "type": {"type": "map", "values": {"type": "array", "items": "string"}}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}""");

    private static final Schema CHILD = EVERYTHING.getField("children").schema().getElementType();

    private Samples() {}

    static Arbitrary<GenericRecord> everything() {
        Arbitrary<Object> unions = Arbitraries.oneOf(
                Arbitraries.longs().map(n -> (Object) n), Arbitraries.strings().map(s -> (Object) s));
        Arbitrary<GenericRecord> numbers = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers(),
                        Arbitraries.longs(),
                        Arbitraries.floats(),
                        Arbitraries.doubles(),
                        unions.injectNull(0.3))
                .as((flag, anInt, aLong, aFloat, aDouble, union) -> {
                    GenericRecord record = new GenericData.Record(EVERYTHING);
                    record.put("aBoolean", flag);
                    record.put("anInt", anInt);
                    record.put("aLong", aLong);
                    record.put("aFloat", aFloat);
                    record.put("aDouble", aDouble);
                    record.put("aUnion", union);
                    return record;
                });
        return Combinators.combine(
                        numbers,
                        Arbitraries.strings(),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().list().ofMaxSize(20),
                        Arbitraries.strings()
                                .injectNull(0.2)
                                .map(Samples::child)
                                .list()
                                .ofMaxSize(5),
                        Arbitraries.maps(
                                        Arbitraries.strings().ofMaxLength(8),
                                        Arbitraries.strings().list().ofMaxSize(3))
                                .ofMaxSize(4))
                .as((record, text, bytes, symbol, longs, children, map) -> {
                    record.put("aString", text);
                    record.put("someBytes", ByteBuffer.wrap(bytes));
                    record.put("aFixed", new GenericData.Fixed(field("aFixed"), new byte[] {1, 2, 3, (byte) bytes.length
                    }));
                    record.put(
                            "anEnum",
                            new GenericData.EnumSymbol(
                                    field("anEnum"),
                                    field("anEnum").getEnumSymbols().get(symbol)));
                    record.put("longs", longs);
                    record.put("children", children);
                    record.put("byName", map);
                    record.put("at", (long) symbol);
                    return record;
                });
    }

    static Game game() {
        return Game.newBuilder()
                .setId("g1")
                .setTitle("Pokémon 龍")
                .setGenres(List.of("rpg", "puzzle"))
                .setPriceMinor(1999)
                .setCurrency("EUR")
                .setReleaseDate(LocalDate.of(2011, 11, 11))
                .setGpuClass(GpuClass.ULTRA)
                .setStatus(GameStatus.WITHDRAWN)
                .setCreatedAt(Instant.parse("2026-03-01T12:00:00.123456Z"))
                .setUpdatedAt(Instant.parse("1969-12-31T23:59:59.999999Z"))
                .build();
    }

    static Map<String, Object> mock(String scope, boolean specific) {
        return Map.of("schema.registry.url", "mock://" + scope, "specific.avro.reader", specific);
    }

    private static GenericRecord child(@Nullable String name) {
        GenericRecord child = new GenericData.Record(CHILD);
        child.put("name", name);
        return child;
    }

    private static Schema field(String name) {
        return EVERYTHING.getField(name).schema();
    }
}
