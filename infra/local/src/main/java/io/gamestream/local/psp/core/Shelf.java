package io.gamestream.local.psp.core;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The things of one kind in the order of their creation, at most so many: the oldest are forgotten. Not thread-safe.
 *
 * @param <T> what is kept
 */
public final class Shelf<T> {

    private final int max;
    private final Function<T, @Nullable String> group;
    private final Map<String, Long> places = new HashMap<>();
    private final NavigableMap<Long, Slot<T>> slots = new TreeMap<>();
    private final Map<String, NavigableMap<Long, Slot<T>>> groups = new HashMap<>();
    private long next;

    private record Slot<T>(String id, T value) {}

    /** Without groups. */
    public Shelf(int max) {
        this(max, value -> null);
    }

    /**
     * With groups, so that the things of one owner are found without looking at all of them.
     *
     * @param group which group a thing is in; null for none
     */
    public Shelf(int max, Function<T, @Nullable String> group) {
        this.max = max;
        this.group = group;
    }

    public void put(String id, T value) {
        Long place = places.get(id);
        if (place == null) {
            place = next++;
            places.put(id, place);
        }
        Slot<T> slot = new Slot<>(id, value);
        Slot<T> before = slots.put(place, slot);
        if (before != null) {
            leaveGroup(place, before);
        }
        String of = group.apply(value);
        if (of != null) {
            groups.computeIfAbsent(of, key -> new TreeMap<>()).put(place, slot);
        }
        while (slots.size() > max) {
            Map.Entry<Long, Slot<T>> oldest = slots.pollFirstEntry();
            places.remove(oldest.getValue().id());
            leaveGroup(oldest.getKey(), oldest.getValue());
        }
    }

    private void leaveGroup(Long place, Slot<T> slot) {
        String of = group.apply(slot.value());
        if (of != null) {
            groups.computeIfPresent(of, (key, members) -> {
                members.remove(place);
                return members.isEmpty() ? null : members;
            });
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
        return newestFirst(null, olderThan);
    }

    /** The same of one group, or of all for null. */
    public Stream<T> newestFirst(@Nullable String ofGroup, @Nullable String olderThan) {
        NavigableMap<Long, Slot<T>> all = members(ofGroup);
        Long place = olderThan == null ? null : places.get(olderThan);
        NavigableMap<Long, Slot<T>> part = place == null ? all : all.headMap(place, false);
        return part.descendingMap().values().stream().map(Slot::value);
    }

    /** Oldest first, newer than the one named; of one group, or of all for null. */
    public Stream<T> newerThan(@Nullable String ofGroup, String id) {
        NavigableMap<Long, Slot<T>> all = members(ofGroup);
        Long place = places.get(id);
        return (place == null ? all : all.tailMap(place, false))
                .values().stream().map(Slot::value);
    }

    private NavigableMap<Long, Slot<T>> members(@Nullable String ofGroup) {
        return ofGroup == null ? slots : groups.getOrDefault(ofGroup, Collections.emptyNavigableMap());
    }
}
