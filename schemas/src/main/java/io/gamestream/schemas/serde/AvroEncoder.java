package io.gamestream.schemas.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Values of one schema to framed records, without a look at the registry. Thread-safe: the buffer is the thread's, and
 * a record is copied once.
 */
public final class AvroEncoder {

    /** Writes one value's body, field by field in the schema's order; for writers that need no record in between. */
    @FunctionalInterface
    public interface Body {
        /** Called once per record; must not keep {@code out}. */
        void write(Encoder out) throws IOException;
    }

    private final int schemaId;
    private final Schema schema;
    private final DatumWriter<Object> writer;

    private AvroEncoder(int schemaId, Schema schema, DatumWriter<Object> writer) {
        this.schemaId = schemaId;
        this.schema = schema;
        this.writer = writer;
    }

    /**
     * For generated classes, logical types as their Java types ({@code timestamp-micros} as {@code Instant}), and for
     * generic records of the same schema.
     */
    public static AvroEncoder specific(int schemaId, Schema schema) {
        return new AvroEncoder(schemaId, schema, new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)));
    }

    /** For generic records, logical types as their raw types ({@code timestamp-micros} as {@code Long}). */
    public static AvroEncoder generic(int schemaId, Schema schema) {
        return generic(schemaId, schema, new GenericData());
    }

    /** For generic records, with the conversions of logical types that {@code data} has. */
    public static AvroEncoder generic(int schemaId, Schema schema, GenericData data) {
        return new AvroEncoder(schemaId, schema, new GenericDatumWriter<>(schema, data));
    }

    /**
     * The framed record of one value.
     *
     * @param datum a value of the schema
     * @throws SerializationException when {@code datum} doesn't fit the schema
     */
    public byte[] encode(Object datum) {
        ByteArrayEncoder out = ByteArrayEncoder.take(schemaId);
        try {
            writer.write(datum, out);
            return out.toRecord();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    "value doesn't fit schema " + schema.getFullName() + ": " + e.getMessage(), e);
        } finally {
            out.giveBack();
        }
    }

    /**
     * The framed record of a body that the caller writes.
     *
     * @throws SerializationException when {@code body} throws an {@link IOException}
     */
    public static byte[] encode(int schemaId, Body body) {
        ByteArrayEncoder out = ByteArrayEncoder.take(schemaId);
        try {
            body.write(out);
            return out.toRecord();
        } catch (IOException e) {
            throw new SerializationException("value of schema " + schemaId + ": " + e.getMessage(), e);
        } finally {
            out.giveBack();
        }
    }

    /** The registry's id of {@link #schema()}. */
    public int schemaId() {
        return schemaId;
    }

    public Schema schema() {
        return schema;
    }
}
