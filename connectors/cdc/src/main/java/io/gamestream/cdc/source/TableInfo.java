package io.gamestream.cdc.source;

import io.gamestream.cdc.mapping.ColumnType;
import java.util.List;
import java.util.Map;

/**
 * A table as the database's catalog describes it.
 *
 * @param columns in their order
 * @param primaryKey its columns in the key's order, or none
 * @param fullIdentity whether updates and deletes log the whole old row
 * @param toastable columns whose large values are kept, and logged, apart
 */
public record TableInfo(
        TableName name,
        Map<String, ColumnType> columns,
        List<String> primaryKey,
        boolean fullIdentity,
        List<String> toastable) {}
