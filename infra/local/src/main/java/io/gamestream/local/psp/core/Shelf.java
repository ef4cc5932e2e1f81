package io.gamestream.local.psp.core;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The things of one kind in the order of their creation, at most so many: the oldest are forgotten. Not thread-safe.
 *
 * @param <T> what is kept
 */
public final class Shelf<T> {

    private final int max;
    private final Map<String, Long> places = new HashMap<>();
    private final NavigableMap<Long, Slot<T>> slots = new TreeMap<>();
    private long next;

    private record Slot<T>(String id, T value) {}

    public Shelf(int max) {
        this.max = max;
    }

    public void put(String id, T value) {
        Long place = places.get(id);
        if (place == null) {
            place = next++;
            places.put(id, place);
        }
        slots.put(place, new Slot<>(id, value));
        while (slots.size() > max) {
            places.remove(slots.pollFirstEntry().getValue().id());
        }
    }

    public Optional<T> get(String id) {
        return Optional.ofNullable(places.get(id)).map(slots::get).map(Slot::value);
    }

    public boolean has(String id) {
        return places.containsKey(id);
    }

    public int size() {
        return slots.size();
    }

    /** Newest first; older than the one named where one is. */
    public Stream<T> newestFirst(@Nullable String olderThan) {
        Long place = olderThan == null ? null : places.get(olderThan);
        NavigableMap<Long, Slot<T>> part = place == null ? slots : slots.headMap(place, false);
        return part.descendingMap().values().stream().map(Slot::value);
    }

    /** Oldest first, newer than the one named. */
    public Stream<T> newerThan(String id) {
        Long place = places.get(id);
        return (place == null ? slots : slots.tailMap(place, false))
                .values().stream().map(Slot::value);
    }
}
