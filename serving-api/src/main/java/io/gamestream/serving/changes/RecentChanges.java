package io.gamestream.serving.changes;

import io.gamestream.serving.changes.StreamPosition.Offsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last changes of a view, in the order in which they were read. Knows from which offsets on it has everything. Not thread-safe.
 */
final class RecentChanges {

    private final int capacity;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final long[] floor;

    /** @param start offsets of the first records that will be added */
    RecentChanges(int capacity, Offsets start) {
        this.capacity = capacity;
        this.floor = start.toArray(start.partitions());
    }

    void add(Change change) {
        changes.addLast(change);
        if (changes.size() > capacity) {
            Change oldest = changes.removeFirst();
            floor[oldest.partition()] = oldest.offset() + 1;
        }
    }

    /** Whether {@link #since} these offsets lacks nothing. */
    boolean covers(Offsets next) {
        for (int partition = 0; partition < floor.length; partition++) {
            if (next.of(partition) < floor[partition]) {
                return false;
            }
        }
        return true;
    }

    List<Change> since(Offsets next) {
        return changes.stream()
                .filter(change -> change.offset() >= next.of(change.partition()))
                .toList();
    }
}
