package io.gamestream.schemas.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Records in Confluent's wire format to generated classes ({@code specific.avro.reader=true}) or generic records; null,
 * a tombstone, to null. Thread-safe. The registry is asked once per schema id.
 */
public final class ConfluentAvroDeserializer<T> implements Deserializer<T> {

    private record Known<T>(int id, AvroDecoder<T> decoder) {}

    private final Map<Integer, AvroDecoder<T>> decoders = new ConcurrentHashMap<>();
    private final @Nullable Schema readerSchema;
    private @Nullable SerdeConfig config;
    private @Nullable Known<T> last;

    public ConfluentAvroDeserializer() {
        this(null);
    }

    /**
     * A deserializer to generic records of one schema, whatever version each was written with.
     *
     * @param readerSchema null to read each record with the schema that it was written with
     */
    public ConfluentAvroDeserializer(@Nullable Schema readerSchema) {
        this.readerSchema = readerSchema;
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        config = SerdeConfig.of(properties, isKey);
    }

    /**
     * @throws SerializationException when the record isn't framed, its schema id is unknown, or it doesn't fit its schema
     * @throws io.gamestream.schemas.registry.RegistryUnavailableException when no registry answers: no fault of the record
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] record) {
        if (record == null) {
            return null;
        }
        int id = WireFormat.schemaId(topic, record);
        // Read and written without a lock: it is immutable, and whichever one is seen is checked.
        Known<T> known = last;
        if (known == null || known.id() != id) {
            known = new Known<>(id, decoder(topic, id));
            last = known;
        }
        return known.decoder().decode(topic, record);
    }

    private AvroDecoder<T> decoder(String topic, int id) {
        AvroDecoder<T> known = decoders.get(id);
        if (known != null) {
            return known;
        }
        SerdeConfig serde = configured();
        Schema writer = serde.registry()
                .schema(id)
                .orElseThrow(() -> new SerializationException(topic + ": schema id " + id
                        + " is unknown to the registry at " + serde.registry().where()
                        + ". The record was written against another registry, or is damaged"));
        AvroDecoder<T> made = decoder(topic, serde, writer);
        AvroDecoder<T> raced = decoders.putIfAbsent(id, made);
        return raced == null ? made : raced;
    }

    private AvroDecoder<T> decoder(String topic, SerdeConfig serde, Schema writer) {
        if (serde.specific()) {
            return AvroDecoder.specific(writer, type(topic, serde, writer));
        }
        GenericData data = serde.logicalTypes() ? LogicalTypeConversions.data() : new GenericData();
        return AvroDecoder.generic(writer, readerSchema == null ? writer : readerSchema, data);
    }

    @SuppressWarnings("unchecked") // As with every Kafka serde by class name, T is what the configuration says.
    private Class<T> type(String topic, SerdeConfig serde, Schema writer) {
        Class<?> type = serde.type() == null ? Classes.find(writer.getFullName()) : serde.type();
        if (type == null) {
            throw new SerializationException(topic + ": no generated class for schema " + writer.getFullName()
                    + " on the class path. Add it, name another one by specific.avro.value.type, or read generic records"
                    + " with specific.avro.reader=false");
        }
        return (Class<T>) type;
    }

    private SerdeConfig configured() {
        if (config == null) {
            throw new IllegalStateException("configure(properties, isKey) comes first: schema.registry.url is needed");
        }
        return config;
    }
}
