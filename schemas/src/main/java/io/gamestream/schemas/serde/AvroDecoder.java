package io.gamestream.schemas.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Framed records of one writer's schema to values of one reader's schema. Thread-safe. Whatever the bytes, the worst is
 * a {@link SerializationException}; memory stays in proportion to the record.
 */
public final class AvroDecoder<T> {

    private final Schema writerSchema;
    private final DatumReader<T> reader;

    private AvroDecoder(Schema writerSchema, Schema readerSchema, GenericData data) {
        this.writerSchema = writerSchema;
        try {
            // Built here and kept: unlike the DatumReader classes, what the builder makes has no state per read.
            this.reader = data.getFastReaderBuilder().createDatumReader(writerSchema, readerSchema);
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException(
                    "records of schema " + writerSchema.getFullName() + " cannot be read as "
                            + readerSchema.getFullName() + ": " + e.getMessage(),
                    e);
        }
    }

    /** To a generated class of {@code readerSchema}, with logical types as their Java types. */
    public static <T> AvroDecoder<T> specific(Schema writerSchema, Class<T> type) {
        SpecificData data = SpecificData.getForClass(type);
        return new AvroDecoder<>(writerSchema, data.getSchema(type), data);
    }

    /** To generic records, with the conversions of logical types that {@code data} has. */
    public static <T> AvroDecoder<T> generic(Schema writerSchema, Schema readerSchema, GenericData data) {
        return new AvroDecoder<>(writerSchema, readerSchema, data);
    }

    /**
     * The value of a framed record, which must have been written with the writer's schema.
     *
     * @param origin where the record is from, for the error: usually the topic
     * @throws SerializationException when the bytes are no value of the schema
     */
    public T decode(String origin, byte[] record) {
        ByteArrayDecoder in = new ByteArrayDecoder(record, WireFormat.HEADER_BYTES);
        T value;
        try {
            value = reader.read(null, in);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw broken(origin, record, String.valueOf(e.getMessage()), e);
        }
        if (in.remaining() > 0) {
            throw broken(origin, record, in.remaining() + " bytes are left over after the value", null);
        }
        return value;
    }

    private SerializationException broken(String origin, byte[] record, String what, @Nullable Throwable cause) {
        return new SerializationException(
                origin + ": record of " + record.length + " bytes is no value of its schema "
                        + writerSchema.getFullName() + " (id " + WireFormat.schemaId(origin, record) + "): " + what,
                cause);
    }
}
