package io.gamestream.cdc;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.gamestream.cdc.source.TableName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code cdc.tables}.
 *
 * @param table {@code schema.table}
 * @param topic where its rows go
 * @param schema of the records: an .avsc file, or {@code classpath:} and a resource; null for what the topic catalogue says
 * @param key columns that identify a row; empty for the primary key
 * @param fields column by field, where the name isn't the field's in snake case; empty for a field without one
 * @param partitions of the topic where it has to be created and isn't in the topic catalogue
 */
public record TableSettings(
        TableName table,
        String topic,
        @Nullable String schema,
        List<String> key,
        Map<String, String> fields,
        int partitions) {

    private static final int PARTITIONS = 4;

    public TableSettings {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("topic of " + table + ": '' (expected: <domain>.<noun>.v<major>)");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions of " + topic + ": " + partitions + " (expected: >= 1)");
        }
        key = List.copyOf(key);
        fields = Map.copyOf(fields);
    }

    /** From settings, where everything but {@code table} and {@code topic} may be left out. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TableSettings of(Map<String, Object> given) {
        Given entry = new Given("cdc.tables", given);
        TableSettings settings = new TableSettings(
                TableName.parse(entry.text("table")),
                entry.text("topic"),
                entry.optionalText("schema"),
                entry.texts("key"),
                entry.textByText("fields"),
                entry.number("partitions", PARTITIONS));
        entry.requireAllKnown();
        return settings;
    }
}
