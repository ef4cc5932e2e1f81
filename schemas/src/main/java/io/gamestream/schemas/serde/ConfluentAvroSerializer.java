package io.gamestream.schemas.serde;

import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Generated or generic Avro records to Confluent's wire format; null to null, a tombstone. Thread-safe. The registry is
 * asked once per topic and schema.
 */
public final class ConfluentAvroSerializer<T> implements Serializer<T> {

    private final Encoders specific = new Encoders(this::specificEncoder);
    private final Encoders generic = new Encoders(this::genericEncoder);
    private @Nullable SerdeConfig config;

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        config = SerdeConfig.of(properties, isKey);
    }

    /**
     * @throws SerializationException when {@code value} doesn't fit its schema, or the schema isn't registered
     * @throws io.gamestream.schemas.registry.RegistryUnavailableException when no registry answers
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof GenericContainer container)) {
            throw new SerializationException(
                    topic + ": value is a " + value.getClass().getName() + " (expected: an Avro record)");
        }
        Schema schema = container.getSchema();
        Encoders encoders = value instanceof SpecificRecord ? specific : generic;
        return encoders.of(topic, schema).encode(value);
    }

    private AvroEncoder specificEncoder(String topic, Schema schema) {
        return AvroEncoder.specific(schemaId(topic, schema), schema);
    }

    private AvroEncoder genericEncoder(String topic, Schema schema) {
        int id = schemaId(topic, schema);
        return configured().logicalTypes()
                ? AvroEncoder.generic(id, schema, LogicalTypeConversions.data())
                : AvroEncoder.generic(id, schema);
    }

    private int schemaId(String topic, Schema schema) {
        SchemaRegistryClient registry = configured().registry();
        String subject = configured().subjects().of(topic, schema);
        if (configured().autoRegister()) {
            return registry.register(subject, schema);
        }
        return registry.id(subject, schema).orElseThrow(() -> notRegistered(registry, topic, subject, schema));
    }

    private static SerializationException notRegistered(
            SchemaRegistryClient registry, String topic, String subject, Schema schema) {
        String state = registry.latest(subject)
                .map(latest -> "which has " + latest.version() + " version(s), but not this one")
                .orElse("which doesn't exist");
        return new SerializationException(
                topic + ": schema " + schema.getFullName() + " is not registered under subject "
                        + subject + ", " + state + " (registry: " + registry.where()
                        + "). Register it with: ./backbone topics --apply; or let writers do it: auto.register.schemas=true");
    }

    private SerdeConfig configured() {
        if (config == null) {
            throw new IllegalStateException("configure(properties, isKey) comes first: schema.registry.url is needed");
        }
        return config;
    }
}
