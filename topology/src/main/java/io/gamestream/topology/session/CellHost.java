package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.SlotState;

/** A host of a cell, with what is derived from its row. Changed by {@link HostIndex} only. */
final class CellHost {

    private final HostRow row;

    /** Slots that are FREE, whether or not the host may be granted on. */
    int free;

    CellHost(HostRow row) {
        this.row = row;
        recount();
    }

    HostRow row() {
        return row;
    }

    String id() {
        return row.getHostId();
    }

    SlotRow slot(int number) {
        return row.getSlots().get(number);
    }

    /** Whether new sessions may go there. */
    boolean isReady() {
        return row.getHealth() == HostHealth.ALIVE && !row.getDraining();
    }

    /** Whether nobody misses it: its sessions go on, whether or not new ones may come. */
    boolean isHeard() {
        return row.getHealth() == HostHealth.ALIVE || row.getHealth() == HostHealth.UNSTABLE;
    }

    int firstFree() {
        for (int i = 0; i < row.getSlots().size(); i++) {
            if (slot(i).getState() == SlotState.FREE) {
                return i;
            }
        }
        throw new IllegalStateException("host " + id() + " has no free slot, though the index says so");
    }

    void recount() {
        free = count(SlotState.FREE);
    }

    int count(SlotState state) {
        int count = 0;
        for (SlotRow slot : row.getSlots()) {
            if (slot.getState() == state) {
                count++;
            }
        }
        return count;
    }

    /** Slots that are there. */
    int slots() {
        return row.getSlots().size() - count(SlotState.UNKNOWN);
    }

    boolean hasSessions() {
        for (SlotRow slot : row.getSlots()) {
            if (slot.getSession() != null) {
                return true;
            }
        }
        return false;
    }
}
