package io.gamestream.runtime.kafka;

import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a well-formed record of another type. Without it, the type is first noticed by a cast somewhere in the reader;
 * Kafka Streams takes that for a mistake in the topology and ends, dead-letter queue or not.
 */
final class TypedDeserializer<T> implements Deserializer<T> {

    private final Deserializer<?> inner;
    private final Class<T> type;

    TypedDeserializer(Deserializer<?> inner, Class<T> type) {
        this.inner = inner;
        this.type = type;
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        inner.configure(properties, isKey);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] record) {
        return checked(topic, inner.deserialize(topic, record));
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] record) {
        return checked(topic, inner.deserialize(topic, headers, record));
    }

    private @Nullable T checked(String topic, @Nullable Object value) {
        if (value != null && !type.isInstance(value)) {
            throw new SerializationException(
                    topic + ": record of type " + value.getClass().getName() + " (expected: " + type.getName() + ")");
        }
        return type.cast(value);
    }

    @Override
    public void close() {
        inner.close();
    }
}
