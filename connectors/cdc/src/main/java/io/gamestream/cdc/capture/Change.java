package io.gamestream.cdc.capture;

import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A change of a row as the engine tells it.
 *
 * @param op r, c, u, d or t
 * @param lsn of the change
 * @param commitLsn of its transaction; of a snapshot's row, the LSN that the snapshot shows
 * @param sourceMicros commit time; of a snapshot's row, the time of the snapshot
 */
record Change(
        char op,
        long lsn,
        long commitLsn,
        long sourceMicros,
        @Nullable Struct before,
        @Nullable Struct after) {

    static Change of(SourceRecord record) {
        Struct envelope = (Struct) record.value();
        Struct source = envelope.getStruct("source");
        char op = envelope.getString("op").charAt(0);
        boolean snapshot = op == 'r';
        long lsn = snapshot ? read(record) : source.getInt64("lsn");
        return new Change(
                op,
                lsn,
                snapshot ? lsn : source.getInt64("txId"),
                source.getInt64("ts_us"),
                op == 't' ? null : envelope.getStruct("before"),
                op == 't' ? null : envelope.getStruct("after"));
    }

    /** Where the log was when a snapshot's row was read; an incremental one's source says nothing of it. */
    private static long read(SourceRecord record) {
        if (record.sourceOffset().get("lsn") instanceof Number lsn) {
            return lsn.longValue();
        }
        throw new CaptureException("the engine told of a snapshot's row without the LSN that it was read at");
    }

    /** The row's state, which the operation promises. */
    Struct row() {
        if (after == null) {
            throw new CaptureException("the engine told of a change (" + op + ") without the row");
        }
        return after;
    }

    /** The old row, or its key. */
    Struct oldRow() {
        if (before == null) {
            throw new CaptureException("the engine told of a change (" + op + ") without the old row. The table needs a"
                    + " primary key or REPLICA IDENTITY FULL");
        }
        return before;
    }
}
