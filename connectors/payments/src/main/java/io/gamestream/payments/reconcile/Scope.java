package io.gamestream.payments.reconcile;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What a run judges.
 *
 * @param readSince nothing from before it was read, of no side
 * @param openSince objects with a difference that is open, and since when
 * @param recheck objects that are judged though nothing of them is in the window: they have an open difference, and all of them
 *     was read
 */
record Scope(Books.Window window, Instant readSince, Map<String, Instant> openSince, Set<String> recheck) {

    Scope {
        openSince = Map.copyOf(openSince);
        recheck = Set.copyOf(recheck);
    }

    boolean contains(String object, Instant moment) {
        return window.contains(moment) || recheck.contains(object);
    }
}
