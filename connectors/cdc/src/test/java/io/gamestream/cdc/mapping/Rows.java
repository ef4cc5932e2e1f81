package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A table as the engine tells of it: columns with the types that it gives them, and rows. */
final class Rows {

    static final int SCHEMA_ID = 0x01020304;

    private final Map<String, org.apache.kafka.connect.data.Schema> columns = new LinkedHashMap<>();

    /** With {@code id text}. */
    static Rows table() {
        return new Rows().column("id", "text");
    }

    /** A column that may be null, by its type in Postgres; {@code []} behind it for an array, {@code enum} for any enum. */
    Rows column(String name, String type) {
        boolean array = type.endsWith("[]");
        String bare = array ? type.substring(0, type.length() - 2) : type;
        SchemaBuilder element = builder(bare).optional();
        if (!array) {
            columns.put(
                    name,
                    element.parameter("__debezium.source.column.type", bare.toUpperCase(Locale.ROOT))
                            .build());
            return this;
        }
        columns.put(
                name,
                SchemaBuilder.array(element.build())
                        .optional()
                        .parameter("__debezium.source.column.type", "_" + bare.toUpperCase(Locale.ROOT))
                        .build());
        return this;
    }

    /** As EngineProperties asks the engine for them. */
    private static SchemaBuilder builder(String type) {
        return switch (type) {
            case "bool" -> SchemaBuilder.bool();
            case "int2" -> SchemaBuilder.int16();
            case "int4", "date" -> SchemaBuilder.int32();
            case "int8", "time", "timestamp", "timestamptz" -> SchemaBuilder.int64();
            case "float4" -> SchemaBuilder.float32();
            case "float8" -> SchemaBuilder.float64();
            case "bytea" -> SchemaBuilder.bytes();
            case "enum" -> SchemaBuilder.string().name("io.debezium.data.Enum");
            default -> SchemaBuilder.string();
        };
    }

    org.apache.kafka.connect.data.Schema schema() {
        SchemaBuilder row = SchemaBuilder.struct();
        columns.forEach(row::field);
        return row.build();
    }

    Struct row(@Nullable Object... values) {
        Struct row = new Struct(schema());
        int i = 0;
        for (String column : columns.keySet()) {
            row.put(column, values[i++]);
        }
        return row;
    }

    /** The value of one column in one field, through a whole mapping and back. */
    static @Nullable Object through(String columnType, @Nullable Object value, String fieldType) {
        Rows table = table().column("v", columnType);
        Contract contract = contract("{\"name\": \"v\", \"type\": " + fieldType + "}");
        byte[] framed = new TableMapping(contract, SCHEMA_ID).value(table.row("k", value));
        return decode(framed, contract.schema()).get("v");
    }

    /** A contract of the table {@code shop.things} with {@code id string} and these fields. */
    static Contract contract(String... fields) {
        return contract(Map.of(), fields);
    }

    static Contract contract(Map<String, String> renames, String... fields) {
        return new Contract("shop.things", record(fields), List.of("id"), renames);
    }

    static Schema record(String... fields) {
        String all = fields.length == 0 ? "" : ", " + String.join(", ", fields);
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"Thing\", \"namespace\": \"shop\", \"fields\": ["
                        + "{\"name\": \"id\", \"type\": \"string\"}" + all + "]}");
    }

    static GenericRecord decode(byte[] framed, Schema schema) {
        ByteBuffer header = ByteBuffer.wrap(framed);
        if (header.get() != 0 || header.getInt() != SCHEMA_ID) {
            throw new IllegalArgumentException("not framed");
        }
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
