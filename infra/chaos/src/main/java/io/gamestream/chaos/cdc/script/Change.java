package io.gamestream.chaos.cdc.script;

/**
 * What one write does to one key.
 *
 * @param seq of the row, or {@link #DELETED}
 * @param hash of the whole row; 0 when deleted
 */
public record Change(String key, long seq, long hash) {

    public static final long DELETED = 0;

    public static Change of(GameRow row) {
        return new Change(row.id(), row.seq(), row.hash());
    }

    public static Change deletion(String key) {
        return new Change(key, DELETED, 0);
    }
}
