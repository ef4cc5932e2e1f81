package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Rows of one table as keys and values of its topic. Not thread-safe: it has one buffer and one cache of plans. */
public final class TableMapping {

    /** A table's shape changes a few times in a process's life; beyond this something makes a new schema per row. */
    private static final int MAX_SHAPES = 64;

    private final Contract contract;
    private final int schemaId;
    private final FrameBuffer buffer = new FrameBuffer();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
    private final IdentityHashMap<Schema, Shape> shapes = new IdentityHashMap<>();
    private final Filled filled;

    private record Shape(RowPlan rows, KeyPlan keys) {}

    /**
     * A mapping for a contract that has been registered.
     *
     * @param schemaId of the contract in the schema registry
     */
    public TableMapping(Contract contract, int schemaId) {
        this.contract = contract;
        this.schemaId = schemaId;
        this.filled = new Filled(contract);
    }

    public Contract contract() {
        return contract;
    }

    /** Fields with a default that the rows so far have had a column for. */
    public Set<String> filled() {
        return Set.copyOf(filled.fields());
    }

    /**
     * Goes on after a former run.
     *
     * @param before its {@link #filled}
     * @param columns of the table as it is now
     * @throws MappingException where one of these fields has lost its column
     */
    public void resume(Set<String> before, Set<String> columns) {
        filled.resume(before);
        filled.require(columns);
    }

    /** The row's key, UTF-8. */
    public byte[] key(Struct row) {
        return shape(row.schema()).keys.of(row).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The row in Confluent's wire format.
     *
     * @throws UnmappableException where a value doesn't fit its field
     * @throws MappingException where the table's shape has changed so that it doesn't fit the contract any more
     */
    public byte[] value(Struct row) {
        RowPlan plan = shape(row.schema()).rows;
        buffer.begin(schemaId);
        try {
            plan.write(row, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    private Shape shape(Schema rows) {
        Shape known = shapes.get(rows);
        if (known != null) {
            return known;
        }
        if (shapes.size() >= MAX_SHAPES) {
            shapes.clear();
        }
        Shape made = new Shape(RowPlan.compile(contract, rows), KeyPlan.compile(contract, rows));
        filled.shape(Columns.of(rows).keySet());
        shapes.put(rows, made);
        return made;
    }
}
