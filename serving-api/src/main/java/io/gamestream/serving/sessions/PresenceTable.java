package io.gamestream.serving.sessions;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is where, by region and game. Written by one thread; readers see what was there at the last refresh. */
final class PresenceTable {

    /** Players of a game in a region. */
    record Row(Place place, Presence presence) {

        /** Most players first. */
        static final Comparator<Row> ORDER =
                Comparator.<Row>comparingInt(row -> -row.presence.players()).thenComparing(Row::place, Place.ORDER);
    }

    private final Map<Place, Presence> counts = new HashMap<>();
    private boolean changed;
    private volatile List<Row> rows = List.of();

    /** A session goes from one status to another. */
    void move(Place place, Presence from, Presence to) {
        if (from.equals(to)) {
            return;
        }
        changed = true;
        Presence now = counts.getOrDefault(place, Presence.NONE).minus(from).plus(to);
        if (now.equals(Presence.NONE)) {
            counts.remove(place);
        } else {
            counts.put(place, now);
        }
    }

    void refresh() {
        if (changed) {
            rows = counts.entrySet().stream()
                    .map(entry -> new Row(entry.getKey(), entry.getValue()))
                    .sorted(Row.ORDER)
                    .toList();
            changed = false;
        }
    }

    /** All places where somebody is, in their order. */
    List<Row> rows() {
        return rows;
    }
}
