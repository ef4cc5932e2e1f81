package io.gamestream.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's wire format: one zero byte, the schema's id at the registry as a big-endian int, then the value in Avro's
 * binary encoding.
 */
public final class WireFormat {

    /** The first byte of every record. */
    public static final byte MAGIC = 0;

    /** Magic byte and schema id. */
    public static final int HEADER_BYTES = 1 + Integer.BYTES;

    private WireFormat() {}

    /**
     * The schema id of a framed record.
     *
     * @param origin where the record is from, for the error: usually the topic
     * @throws SerializationException when the record isn't framed
     */
    public static int schemaId(String origin, byte[] record) {
        if (record.length < HEADER_BYTES) {
            throw notFramed(origin, "it has " + record.length + " bytes");
        }
        if (record[0] != MAGIC) {
            throw notFramed(origin, String.format("its first byte is 0x%02x", record[0]));
        }
        return ((record[1] & 0xff) << 24) | ((record[2] & 0xff) << 16) | ((record[3] & 0xff) << 8) | (record[4] & 0xff);
    }

    /** Writes magic byte and schema id to the start of {@code target}. */
    static void writeHeader(byte[] target, int schemaId) {
        target[0] = MAGIC;
        target[1] = (byte) (schemaId >>> 24);
        target[2] = (byte) (schemaId >>> 16);
        target[3] = (byte) (schemaId >>> 8);
        target[4] = (byte) schemaId;
    }

    private static SerializationException notFramed(String origin, String found) {
        return new SerializationException(origin + ": record is not in Confluent's wire format: " + found
                + " (expected: byte 0x00, 4 bytes of schema id, Avro). Something other than an Avro serializer with a"
                + " schema registry wrote it");
    }
}
