package io.gamestream.schemas.serde;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro in Confluent's wire format, for Kafka Streams and by class name. Takes the properties of Confluent's own serdes:
 * {@code schema.registry.url}, {@code auto.register.schemas} (false unless set), {@code specific.avro.reader}, ...
 */
public final class ConfluentAvroSerde<T> implements Serde<T> {

    private final ConfluentAvroSerializer<T> serializer = new ConfluentAvroSerializer<>();
    private final ConfluentAvroDeserializer<T> deserializer;

    public ConfluentAvroSerde() {
        this.deserializer = new ConfluentAvroDeserializer<>();
    }

    /** Reads generic records of one schema, whatever version each was written with. */
    public ConfluentAvroSerde(Schema readerSchema) {
        this.deserializer = new ConfluentAvroDeserializer<>(readerSchema);
    }

    /** @throws org.apache.kafka.common.config.ConfigException naming a property that is missing or wrong */
    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        serializer.configure(properties, isKey);
        deserializer.configure(properties, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
