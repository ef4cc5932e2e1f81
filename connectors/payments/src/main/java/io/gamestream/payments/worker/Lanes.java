package io.gamestream.payments.worker;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Order per key, none between keys: of each key one thing is under way, the others wait behind it. Not thread-safe.
 *
 * @param <T> what is done
 */
final class Lanes<T> {

    private final Map<String, Queue<T>> waiting = new HashMap<>();
    private int size;

    /** True where it may begin at once. */
    boolean enter(String key, T thing) {
        size++;
        Queue<T> lane = waiting.get(key);
        if (lane == null) {
            waiting.put(key, new ArrayDeque<>());
            return true;
        }
        lane.add(thing);
        return false;
    }

    /** The one under way is finished; the next one, which is under way now. */
    Optional<T> leave(String key) {
        Queue<T> lane = waiting.get(key);
        if (lane == null) {
            return Optional.empty();
        }
        size--;
        T next = lane.poll();
        if (next == null) {
            waiting.remove(key);
        }
        return Optional.ofNullable(next);
    }

    /** Forgets what waits and isn't wanted any more. */
    void drop(Predicate<T> unwanted) {
        for (Queue<T> lane : waiting.values()) {
            int before = lane.size();
            lane.removeIf(unwanted);
            size -= before - lane.size();
        }
    }

    /** What waits and what is under way. */
    int size() {
        return size;
    }
}
