package io.gamestream.cdc.capture;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Keys of one slice of a partition whose last record is a value from before an offset. Holds the keys themselves and no hashes of
 * them: by a collision a stale row would stay, or a living one would get a tombstone.
 */
final class StaleKeys {

    /** What a key costs beside its bytes: array, buffer and entry of the set, with 32-bit references. */
    private static final int OVERHEAD = 120;

    private final Slice slice;
    private final long base;
    private final long maxBytes;
    private final Set<ByteBuffer> keys = new HashSet<>();
    private long bytes;

    StaleKeys(Slice slice, long base, long maxBytes) {
        this.slice = slice;
        this.base = base;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the next record of the partition.
     *
     * @return whether it fits the memory; otherwise the slice has to be divided and read anew
     */
    boolean take(long offset, byte[] key, boolean value) {
        if (!slice.has(key)) {
            return true;
        }
        if (!value || offset >= base) {
            bytes -= keys.remove(ByteBuffer.wrap(key)) ? size(key) : 0;
            return true;
        }
        bytes += keys.add(ByteBuffer.wrap(key)) ? size(key) : 0;
        return bytes <= maxBytes || !slice.isDivisible();
    }

    Set<ByteBuffer> keys() {
        return keys;
    }

    private static int size(byte[] key) {
        return OVERHEAD + key.length;
    }
}
