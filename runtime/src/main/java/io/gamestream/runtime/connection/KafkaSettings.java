package io.gamestream.runtime.connection;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings {@code kafka}.
 *
 * @param bootstrapServers {@code host:port}, comma-separated
 * @param properties passed to every client as they are, so that TLS and SASL need no setting of their own
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> properties) {

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap-servers: '' (expected: host:port, comma-separated)");
        }
        properties = Map.copyOf(properties);
    }

    /** The start of any Kafka client's configuration; the caller adds its own on top. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }
}
