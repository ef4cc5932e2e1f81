package io.gamestream.payments.worker;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Order per key, none between keys: of each key one thing is under way, the others wait behind it; and of all keys so many, the
 * others wait for one that ends. Not thread-safe.
 *
 * @param <T> what is done
 */
final class Lanes<T> {

    private final int most;
    private final Set<String> underWay = new HashSet<>();
    /** As they came. Looked through from the start: a worker polls no more at a time than may be under way. */
    private final Queue<Waiting<T>> waiting = new ArrayDeque<>();

    private record Waiting<T>(String key, T thing) {}

    /**
     * Lanes that are empty.
     *
     * @param most under way at a time
     */
    Lanes(int most) {
        this.most = most;
    }

    void enter(String key, T thing) {
        waiting.add(new Waiting<>(key, thing));
    }

    /**
     * What may begin, and is under way from now on; empty where all have to wait. Whatever enters or ends lets one begin at
     * most.
     */
    Optional<T> next() {
        if (underWay.size() >= most) {
            return Optional.empty();
        }
        for (Iterator<Waiting<T>> all = waiting.iterator(); all.hasNext(); ) {
            Waiting<T> one = all.next();
            if (underWay.add(one.key())) {
                all.remove();
                return Optional.of(one.thing());
            }
        }
        return Optional.empty();
    }

    /** The one under way is finished. */
    void leave(String key) {
        underWay.remove(key);
    }

    /** Forgets what waits and isn't wanted any more. */
    void drop(Predicate<T> unwanted) {
        waiting.removeIf(one -> unwanted.test(one.thing()));
    }

    /** What waits and what is under way. */
    int size() {
        return underWay.size() + waiting.size();
    }
}
