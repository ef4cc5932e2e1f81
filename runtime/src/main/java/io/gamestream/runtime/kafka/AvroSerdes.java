package io.gamestream.runtime.kafka;

import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.settings.SettingsException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Makes Avro value serdes of the class that {@code registry.serde-class} names. */
public final class AvroSerdes {

    private final RegistrySettings settings;
    private final Map<String, Object> properties;

    public AvroSerdes(RegistrySettings settings) {
        this.settings = settings;
        this.properties = settings.serdeProperties();
    }

    /**
     * A serde for one type, configured for values; its owner closes it. A record of another type is as unreadable to it as
     * one that is no Avro at all.
     *
     * @throws SettingsException where the class is missing or isn't a serde
     */
    public <T extends SpecificRecord> Serde<T> valueSerde(Class<T> type) {
        Serde<T> any = valueSerde();
        return Serdes.serdeFrom(any.serializer(), new TypedDeserializer<>(any.deserializer(), type));
    }

    /**
     * A serde for whatever type a record says that it is; as above otherwise.
     *
     * @throws SettingsException where the class is missing or isn't a serde
     */
    public <T extends SpecificRecord> Serde<T> valueSerde() {
        try {
            Object made = Class.forName(settings.serdeClass())
                    .getDeclaredConstructor()
                    .newInstance();
            @SuppressWarnings("unchecked") // the serde finds the type in each record's schema
            Serde<T> serde = (Serde<T>) Serde.class.cast(made);
            serde.configure(properties, false);
            return serde;
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new SettingsException(
                    "setting registry.serde-class: " + settings.serdeClass()
                            + " (expected: a Kafka Serde on the class path with a constructor without parameters): "
                            + e,
                    e);
        }
    }
}
