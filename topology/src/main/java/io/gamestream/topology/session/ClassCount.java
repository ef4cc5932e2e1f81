package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.sessions.SlotState;

/**
 * Counters of one GPU class of a cell.
 *
 * @param slots that are there
 * @param usable on hosts that are ready
 * @param free usable and FREE
 * @param live RESERVED, STARTING, ACTIVE, GRACE
 * @param playing ACTIVE
 */
record ClassCount(int slots, int usable, int free, int live, int playing) {

    static final ClassCount NONE = new ClassCount(0, 0, 0, 0, 0);

    /** The share of one host. */
    static ClassCount of(CellHost host) {
        int slots = 0;
        int live = 0;
        int playing = 0;
        for (SlotRow slot : host.row().getSlots()) {
            SlotState state = slot.getState();
            slots += state == SlotState.UNKNOWN ? 0 : 1;
            live += SlotTransitions.LIVE.contains(state) ? 1 : 0;
            playing += state == SlotState.ACTIVE ? 1 : 0;
        }
        return new ClassCount(slots, host.isReady() ? slots : 0, host.isReady() ? host.free : 0, live, playing);
    }

    ClassCount plus(ClassCount other) {
        return new ClassCount(
                slots + other.slots,
                usable + other.usable,
                free + other.free,
                live + other.live,
                playing + other.playing);
    }

    ClassCount minus(ClassCount other) {
        return new ClassCount(
                slots - other.slots,
                usable - other.usable,
                free - other.free,
                live - other.live,
                playing - other.playing);
    }
}
