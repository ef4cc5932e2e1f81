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
        long lsn = source.getInt64("lsn");
        return new Change(
                op,
                lsn,
                op == 'r' ? lsn : source.getInt64("txId"),
                source.getInt64("ts_us"),
                op == 't' ? null : envelope.getStruct("before"),
                op == 't' ? null : envelope.getStruct("after"));
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
