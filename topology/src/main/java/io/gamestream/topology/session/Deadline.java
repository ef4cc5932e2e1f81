package io.gamestream.topology.session;

/**
 * When something has to happen by itself, by the cell's clock. The order is total, so that a restored cell fires as the one
 * before it.
 *
 * @param name the host's id, or the ticket's
 * @param slot -1 but for slots
 */
record Deadline(long due, Kind kind, String name, int slot) implements Comparable<Deadline> {

    /** What is due. */
    enum Kind {
        SLOT,
        HOST,
        EVICT,
        PATIENCE,
        FORGET,
        HOLD
    }

    @Override
    public int compareTo(Deadline other) {
        int byDue = Long.compare(due, other.due);
        if (byDue != 0) {
            return byDue;
        }
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Integer.compare(slot, other.slot);
    }
}
