package io.gamestream.cdc.source;

import io.gamestream.cdc.mapping.ColumnType;
import java.util.List;
import java.util.Map;

/**
 * A table as the database's catalog describes it.
 *
 * @param columns in their order
 * @param primaryKey its columns in the key's order, or none
 * @param identity what updates and deletes log of the old row
 * @param toastable columns whose large values are kept, and logged, apart
 */
public record TableInfo(
        TableName name,
        Map<String, ColumnType> columns,
        List<String> primaryKey,
        Identity identity,
        List<String> toastable) {

    /** A table's REPLICA IDENTITY. */
    public enum Identity {
        /** The primary key, where there is one. */
        DEFAULT,
        FULL,
        INDEX,
        NOTHING;

        /** As {@code pg_class.relreplident} has it. */
        static Identity of(String letter) {
            return switch (letter) {
                case "d" -> DEFAULT;
                case "f" -> FULL;
                case "i" -> INDEX;
                case "n" -> NOTHING;
                default ->
                    throw new IllegalArgumentException("relreplident: '" + letter + "' (expected: d, f, i or n)");
            };
        }
    }
}
