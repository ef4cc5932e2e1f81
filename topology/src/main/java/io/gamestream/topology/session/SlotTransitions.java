package io.gamestream.topology.session;

import static io.gamestream.schemas.sessions.SlotState.ACTIVE;
import static io.gamestream.schemas.sessions.SlotState.CLEANING;
import static io.gamestream.schemas.sessions.SlotState.FREE;
import static io.gamestream.schemas.sessions.SlotState.GRACE;
import static io.gamestream.schemas.sessions.SlotState.QUARANTINED;
import static io.gamestream.schemas.sessions.SlotState.RESERVED;
import static io.gamestream.schemas.sessions.SlotState.STARTING;
import static io.gamestream.schemas.sessions.SlotState.UNKNOWN;

import io.gamestream.schemas.sessions.SlotState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The transition table of slots: (state, signal) to state; what isn't said here changes nothing. UNKNOWN is a slot that isn't there. */
final class SlotTransitions {

    /** A session is on the slot. */
    static final Set<SlotState> LIVE = Set.copyOf(EnumSet.of(RESERVED, STARTING, ACTIVE, GRACE));

    private static final Map<SlotSignal, Map<SlotState, SlotState>> NEXT = new EnumMap<>(SlotSignal.class);

    static {
        moves(SlotSignal.REGISTERED, FREE, UNKNOWN);
        moves(SlotSignal.REMOVED, UNKNOWN, FREE, RESERVED, STARTING, ACTIVE, GRACE, CLEANING, QUARANTINED);
        moves(SlotSignal.GRANT, RESERVED, FREE);
        moves(SlotSignal.HOST_STARTING, STARTING, RESERVED);
        moves(SlotSignal.HOST_RUNNING, ACTIVE, RESERVED, STARTING, GRACE);
        // Before the player has been there, a session that waits is one that starts.
        moves(SlotSignal.HOST_WAITING, STARTING, RESERVED);
        moves(SlotSignal.HOST_WAITING, GRACE, ACTIVE);
        // RESERVED: the host hasn't heard of it yet.
        moves(SlotSignal.HOST_IDLE, FREE, STARTING, ACTIVE, GRACE, CLEANING);
        moves(SlotSignal.HOST_CLEANING, CLEANING, STARTING, ACTIVE, GRACE);
        moves(SlotSignal.HOST_CLEAN_FAILED, QUARANTINED, STARTING, ACTIVE, GRACE, CLEANING);
        moves(SlotSignal.HOST_STRAY, CLEANING, FREE);
        // A host that hasn't heard of the grant will refuse its token once there is a higher one.
        moves(SlotSignal.RELEASE, FREE, RESERVED);
        moves(SlotSignal.RELEASE, CLEANING, STARTING, ACTIVE, GRACE);
        moves(SlotSignal.EVICT, FREE, RESERVED);
        moves(SlotSignal.EVICT, CLEANING, STARTING, ACTIVE, GRACE);
        // A host that doesn't fetch a grant in time mustn't get the next one at once.
        moves(SlotSignal.DEADLINE, QUARANTINED, RESERVED, CLEANING);
        moves(SlotSignal.DEADLINE, CLEANING, STARTING, ACTIVE, GRACE, QUARANTINED);
        moves(SlotSignal.REBOOT, FREE, RESERVED, STARTING, ACTIVE, GRACE, CLEANING, QUARANTINED);
        // Nothing is granted on a host that is given up, so that FREE needs no deadline that would fire for ever.
        moves(SlotSignal.LOST, FREE, RESERVED, STARTING, ACTIVE, GRACE, CLEANING, QUARANTINED);
        moves(SlotSignal.FORGOTTEN, UNKNOWN, FREE, RESERVED, STARTING, ACTIVE, GRACE, CLEANING, QUARANTINED);
    }

    private SlotTransitions() {}

    /** The state after it, which may be the same. */
    static SlotState next(SlotState state, SlotSignal signal) {
        return Objects.requireNonNull(NEXT.get(signal)).getOrDefault(state, state);
    }

    private static void moves(SlotSignal signal, SlotState to, SlotState... from) {
        Map<SlotState, SlotState> row = NEXT.computeIfAbsent(signal, s -> new EnumMap<>(SlotState.class));
        for (SlotState state : from) {
            if (row.put(state, to) != null) {
                throw new IllegalStateException(signal + " from " + state + " is said twice");
            }
        }
    }
}
