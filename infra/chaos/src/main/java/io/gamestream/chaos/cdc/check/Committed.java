package io.gamestream.chaos.cdc.check;

import io.gamestream.chaos.cdc.script.Change;

/**
 * A change of one key that the database has committed.
 *
 * @param seq of the row, or {@link Change#DELETED}
 * @param hash of the whole row
 * @param walFloor a position in the database's log shortly before the commit
 * @param token a position in the database's log after the commit, as a writer hands it to readers; 0 where it is not known
 */
public record Committed(long seq, long hash, long walFloor, long token) {

    public boolean isDeletion() {
        return seq == Change.DELETED;
    }
}
