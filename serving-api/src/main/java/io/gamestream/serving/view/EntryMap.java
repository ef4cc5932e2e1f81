package io.gamestream.serving.view;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of {@link Entry entries} for one writer and any number of readers, who take no lock: open addressing with
 * linear probing, 7 to 14 bytes a key beside the entry. A slot, once taken, belongs to its key until the table is rebuilt, so a
 * reader never misses a key that is there.
 *
 * <p>Versions only go up: an older one is refused, since an at-least-once topology repeats itself after a crash. For the same
 * reason a deleted key is remembered for a while.
 */
final class EntryMap {

    /** Longer than a topology takes to come back after a crash and repeat what it had not committed. */
    static final long GRAVE_MILLIS = 15 * 60 * 1000L;

    private static final int SMALLEST = 1 << 10;
    private static final byte[] NO_BODY = {};

    private volatile AtomicReferenceArray<byte @Nullable []> slots = new AtomicReferenceArray<>(SMALLEST);
    private int used;
    private volatile int live;
    private volatile long bytes;

    /** The live entry of a key, or null. */
    byte @Nullable [] find(byte[] key, int hash) {
        byte[] entry = lookup(slots, key, hash);
        return entry == null || Entry.isGrave(entry) ? null : entry;
    }

    /**
     * Sets what is known of a key.
     *
     * @param body null deletes
     * @param version negative where the record does not say (a tombstone made by hand): newer than anything
     * @return false where something newer is known
     */
    boolean put(byte[] key, int hash, long version, long sourceMillis, byte @Nullable [] body) {
        AtomicReferenceArray<byte @Nullable []> table = slots;
        int at = slot(table, key, hash);
        byte[] old = table.getPlain(at);
        if (old == null) {
            if (body == null && version < 0) {
                return true;
            }
            if (++used * 5L > table.length() * 3L) {
                rebuild(sourceMillis);
                table = slots;
                at = slot(table, key, hash);
                used++;
            }
        } else if (version >= 0 && version < Entry.version(old)) {
            return false;
        }
        long known = version < 0 && old != null ? Entry.version(old) : version;
        byte[] entry = Entry.of(key, known, sourceMillis, body == null ? NO_BODY : body);
        table.setRelease(at, entry);
        count(old, entry);
        return true;
    }

    /** Keys that are there. */
    int size() {
        return live;
    }

    /** What the entries take on the heap, graves included, the table not. */
    long bytes() {
        return bytes;
    }

    static int hash(byte[] key) {
        return Utils.murmur2(key);
    }

    private void count(byte @Nullable [] old, byte[] entry) {
        int before = old == null || Entry.isGrave(old) ? 0 : 1;
        int liveBefore = live;
        long bytesBefore = bytes;
        live = liveBefore + (Entry.isGrave(entry) ? 0 : 1) - before;
        bytes = bytesBefore + onHeap(entry) - (old == null ? 0 : onHeap(old));
    }

    private static int onHeap(byte[] entry) {
        return (16 + entry.length + 7) & ~7;
    }

    private static byte @Nullable [] lookup(AtomicReferenceArray<byte @Nullable []> table, byte[] key, int hash) {
        int mask = table.length() - 1;
        for (int i = spread(hash) & mask; ; i = (i + 1) & mask) {
            byte[] entry = table.getAcquire(i);
            if (entry == null || Entry.hasKey(entry, key)) {
                return entry;
            }
        }
    }

    private static int slot(AtomicReferenceArray<byte @Nullable []> table, byte[] key, int hash) {
        int mask = table.length() - 1;
        for (int i = spread(hash) & mask; ; i = (i + 1) & mask) {
            byte[] entry = table.getPlain(i);
            if (entry == null || Entry.hasKey(entry, key)) {
                return i;
            }
        }
    }

    /** Keys of one partition agree in {@code hash mod partitions}, so the low bits alone would collide. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    /** Into a table of the right size, without old graves; readers keep the old one until the new one is complete. */
    private void rebuild(long nowMillis) {
        AtomicReferenceArray<byte @Nullable []> old = slots;
        int length = old.length();
        int kept = 0;
        long freed = 0;
        for (int i = 0; i < length; i++) {
            byte[] entry = old.getPlain(i);
            kept += entry != null && !expired(entry, nowMillis) ? 1 : 0;
        }
        AtomicReferenceArray<byte @Nullable []> next =
                new AtomicReferenceArray<>(kept * 10L > length * 3L ? length * 2 : length);
        for (int i = 0; i < length; i++) {
            byte[] entry = old.getPlain(i);
            if (entry == null) {
                continue;
            }
            if (expired(entry, nowMillis)) {
                freed += onHeap(entry);
            } else {
                byte[] key = Entry.key(entry);
                next.setPlain(slot(next, key, hash(key)), entry);
            }
        }
        long before = bytes;
        bytes = before - freed;
        used = kept;
        slots = next;
    }

    private static boolean expired(byte[] entry, long nowMillis) {
        return Entry.isGrave(entry) && Entry.sourceMillis(entry) < nowMillis - GRAVE_MILLIS;
    }
}
