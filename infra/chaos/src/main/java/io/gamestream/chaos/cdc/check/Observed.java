package io.gamestream.chaos.cdc.check;

import io.gamestream.chaos.cdc.script.Change;

/**
 * A record of the topic as a {@code read_committed} reader sees it.
 *
 * @param op header: {@code r}, {@code c}, {@code u} or {@code d}
 * @param seq of the row, or {@link Change#DELETED} for a tombstone
 * @param hash of the whole row
 * @param lsn header: position of the change in the database's log
 * @param commitLsn header: position of its commit
 */
public record Observed(int partition, long offset, String op, long seq, long hash, long lsn, long commitLsn) {

    public boolean isTombstone() {
        return seq == Change.DELETED;
    }

    /** A row of a snapshot. */
    public boolean isSnapshot() {
        return op.equals("r");
    }

    /** Of a snapshot: a row, or the tombstone of a key that a former snapshot saw and the last one did not. */
    public boolean belongsToSnapshot() {
        // A streamed change lies before the commit of its transaction.
        return isSnapshot() || (isTombstone() && lsn == commitLsn);
    }
}
