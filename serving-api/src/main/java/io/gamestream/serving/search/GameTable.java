package io.gamestream.serving.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of each game without asking the index: its title, its last version, and the units sold, which change far
 * too often to write the game's document again. One thread writes; any thread reads.
 *
 * <p>A game has a slot, which its document carries, so that ranking by units is an array access.
 */
final class GameTable {

    /** A change that comes again after the delete must not bring the game back; replays reach back seconds, not days. */
    private static final int DELETES_REMEMBERED = 100_000;

    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    private final Map<String, Row> deleted = new LinkedHashMap<>();
    private volatile AtomicLongArray units = new AtomicLongArray(1 << 12);
    private int nextSlot;
    private final AtomicInteger live = new AtomicInteger();

    /** A game, or the sales of one that is not known (yet, or any more). */
    static final class Row {

        private final String id;
        private final int slot;
        private volatile @Nullable String title;
        private volatile List<String> genres = List.of();
        private volatile boolean ranked;
        private long version = Long.MIN_VALUE;

        private Row(String id, int slot) {
            this.id = id;
            this.slot = slot;
        }

        String id() {
            return id;
        }

        int slot() {
            return slot;
        }

        List<String> genres() {
            return genres;
        }

        /** Whether bestsellers may name it: it is there and has not been withdrawn. */
        boolean ranked() {
            return ranked;
        }
    }

    @Nullable
    String title(String id) {
        Row row = rows.get(id);
        return row == null ? null : row.title;
    }

    /** Games that are there now. */
    int size() {
        return live.get();
    }

    long units(int slot) {
        AtomicLongArray now = units;
        return slot < now.length() ? now.get(slot) : 0;
    }

    Row row(String id) {
        return rows.computeIfAbsent(id, unknown -> {
            int slot = nextSlot++;
            if (slot >= units.length()) {
                grow();
            }
            return new Row(unknown, slot);
        });
    }

    void setUnits(Row row, long sold) {
        units.set(row.slot, sold);
    }

    /** False where the table already has this version of the game or a later one. */
    boolean put(Row row, String title, List<String> genres, boolean mayRank, long version) {
        if (version <= row.version) {
            return false;
        }
        if (row.title == null) {
            live.incrementAndGet();
            deleted.remove(row.id);
        }
        row.title = title;
        row.genres = List.copyOf(genres);
        row.ranked = mayRank;
        row.version = version;
        return true;
    }

    /** Whether there was a game to delete, of no later version. */
    boolean delete(Row row, long version) {
        if (version < row.version) {
            return false;
        }
        boolean present = row.title != null;
        row.version = version;
        row.title = null;
        row.genres = List.of();
        row.ranked = false;
        if (present) {
            live.decrementAndGet();
            deleted.put(row.id, row);
            forgetOldDeletes();
        }
        return present;
    }

    long version(Row row) {
        return row.version;
    }

    boolean isPresent(Row row) {
        return row.title != null;
    }

    private void forgetOldDeletes() {
        if (deleted.size() > DELETES_REMEMBERED) {
            Row oldest = deleted.values().iterator().next();
            deleted.remove(oldest.id);
            if (units(oldest.slot) == 0) {
                rows.remove(oldest.id);
            }
        }
    }

    private void grow() {
        AtomicLongArray old = units;
        AtomicLongArray larger = new AtomicLongArray(old.length() * 2);
        for (int i = 0; i < old.length(); i++) {
            larger.set(i, old.get(i));
        }
        units = larger;
    }
}
