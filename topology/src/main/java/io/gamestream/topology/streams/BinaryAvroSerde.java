package io.gamestream.topology.streams;

import io.gamestream.schemas.compatibility.CommittedSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * For stores and internal topics, which only their own application reads: Avro's single-object encoding, whose ten bytes of
 * header name the schema by fingerprint. No registry stands between an application and its own state. What an
 * earlier version has written is read by the schemas' committed history.
 */
public final class BinaryAvroSerde {

    private BinaryAvroSerde() {}

    /** A serde by the encoder and decoder that generated classes have. */
    public static <T extends SpecificRecord> Serde<T> of(
            BinaryMessageEncoder<T> encoder, BinaryMessageDecoder<T> decoder) {
        CommittedSchemas.teachState(decoder);
        Serializer<T> serializer = (topic, value) -> value == null ? null : bytes(encoder, value);
        Deserializer<T> deserializer = (topic, bytes) -> bytes == null ? null : value(topic, decoder, bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    private static <T> byte[] bytes(BinaryMessageEncoder<T> encoder, T value) {
        try {
            ByteBuffer buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private static <T> T value(String topic, BinaryMessageDecoder<T> decoder, byte[] bytes) {
        try {
            return decoder.decode(bytes);
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException(topic + ": not a record that this application has written", e);
        }
    }
}
