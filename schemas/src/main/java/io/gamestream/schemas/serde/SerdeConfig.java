package io.gamestream.schemas.serde;

import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How one serializer or deserializer behaves, by the property names of Confluent's serdes.
 *
 * @param registry made from {@code schema.registry.url} and its companions
 * @param autoRegister {@code auto.register.schemas}: a writer may add its schema to the subject. Off by default: who
 *     deploys decides what a topic holds, not whoever writes first
 * @param specific {@code specific.avro.reader}: values of generated classes rather than generic records
 * @param type {@code specific.avro.value.type} or {@code specific.avro.key.type}: the generated class to read into,
 *     where it isn't the one that the writer's schema is named after
 * @param logicalTypes {@code avro.use.logical.type.converters}: generic records hold {@code Instant}s and the like
 *     rather than raw numbers
 * @param subjects names the subject of a topic's schema
 */
record SerdeConfig(
        SchemaRegistryClient registry,
        boolean autoRegister,
        boolean specific,
        @Nullable Class<?> type,
        boolean logicalTypes,
        SubjectNames subjects) {

    static SerdeConfig of(Map<String, ?> properties, boolean isKey) {
        String part = isKey ? "key" : "value";
        return new SerdeConfig(
                SchemaRegistryClient.create(properties),
                flag(properties, "auto.register.schemas"),
                flag(properties, "specific.avro.reader"),
                type(properties, "specific.avro." + part + ".type"),
                flag(properties, "avro.use.logical.type.converters"),
                SubjectNames.of(properties, isKey));
    }

    private static boolean flag(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        String text = value == null ? "false" : value.toString().trim();
        if (!"true".equalsIgnoreCase(text) && !"false".equalsIgnoreCase(text)) {
            throw new ConfigException(name, value, "expected: true or false");
        }
        return Boolean.parseBoolean(text);
    }

    private static @Nullable Class<?> type(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        if (value == null || value instanceof Class<?>) {
            return (Class<?>) value;
        }
        Class<?> type = Classes.find(value.toString());
        if (type == null) {
            throw new ConfigException(name, value, "expected: a generated class on the class path");
        }
        return type;
    }
}
