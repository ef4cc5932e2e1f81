package io.gamestream.schemas.serde;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** The subject that a topic's schema is registered under. */
@FunctionalInterface
interface SubjectNames {

    String of(String topic, Schema schema);

    /**
     * By {@code subject.name}, one fixed subject (for Streams' internal topics, whose values have the schema of a public
     * one), or by {@code value.subject.name.strategy} / {@code key.subject.name.strategy}: {@code TopicNameStrategy} (the
     * default: {@code <topic>-value}), {@code RecordNameStrategy} or {@code TopicRecordNameStrategy}, also with
     * Confluent's package before it.
     */
    static SubjectNames of(Map<String, ?> properties, boolean isKey) {
        Object fixed = properties.get("subject.name");
        if (fixed != null) {
            String subject = fixed.toString();
            return (topic, schema) -> subject;
        }
        String part = isKey ? "key" : "value";
        String property = part + ".subject.name.strategy";
        Object value = properties.get(property);
        String name = value instanceof Class<?> type ? type.getName() : value == null ? "" : value.toString();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "", "TopicNameStrategy" -> (topic, schema) -> topic + "-" + part;
            case "RecordNameStrategy" -> (topic, schema) -> schema.getFullName();
            case "TopicRecordNameStrategy" -> (topic, schema) -> topic + "-" + schema.getFullName();
            default ->
                throw new ConfigException(
                        property, value, "expected: TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
        };
    }
}
