package io.gamestream.runtime.connection;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings {@code registry}.
 *
 * @param url base of a Confluent-compatible API
 * @param properties passed to the serde as they are
 * @param serdeClass a Kafka {@code Serde} with a constructor without parameters
 */
public record RegistrySettings(String url, Map<String, String> properties, String serdeClass) {

    public RegistrySettings {
        if (url.isBlank()) {
            throw new IllegalArgumentException("url: '' (expected: http://host:port/path)");
        }
        properties = Map.copyOf(properties);
    }

    /** What the serde is configured with, by the names that Confluent's serde uses too. */
    public Map<String, Object> serdeProperties() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("schema.registry.url", url);
        all.put("auto.register.schemas", false);
        all.put("specific.avro.reader", true);
        return all;
    }
}
