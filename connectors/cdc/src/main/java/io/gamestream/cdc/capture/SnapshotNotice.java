package io.gamestream.cdc.capture;

import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of an incremental snapshot, in the stream of changes.
 *
 * @param type STARTED, IN_PROGRESS, TABLE_SCAN_COMPLETED, COMPLETED, ABORTED, ...
 * @param table {@code schema.table}, where it is about one
 * @param status of a completed scan: SUCCEEDED, EMPTY, or why it wasn't made
 * @param rows scanned so far, where it says
 */
record SnapshotNotice(
        String type, @Nullable String table, @Nullable String status, long rows) {

    /** Name of the engine's topic for them, below the prefix. */
    static final String TOPIC = "notices";

    /** Null for a notice of something else. */
    static @Nullable SnapshotNotice of(SourceRecord record) {
        Struct value = (Struct) record.value();
        if (!"Incremental Snapshot".equals(value.getString("aggregate_type"))) {
            return null;
        }
        Map<String, String> data = value.getMap("additional_data");
        String scanned = data.get("scanned_collection");
        String table = scanned == null ? data.get("current_collection_in_progress") : scanned;
        String rows = data.getOrDefault("total_rows_scanned", "0");
        return new SnapshotNotice(value.getString("type"), table, data.get("status"), Long.parseLong(rows));
    }

    boolean completesTable() {
        return "TABLE_SCAN_COMPLETED".equals(type);
    }

    boolean complete() {
        return "SUCCEEDED".equals(status) || "EMPTY".equals(status);
    }
}
