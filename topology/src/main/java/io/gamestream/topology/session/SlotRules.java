package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.Hold;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Moves slots by the transition table, with all that follows for the session on them. Pure. */
final class SlotRules {

    private SlotRules() {}

    /** Puts a session on the next slot of its class, under a new token. The caller knows that there is one. */
    static void grant(CellStep step, GpuClass gpu, SessionRow session) {
        CellHost host = step.hosts().withRoom(gpu);
        if (host == null) {
            throw new IllegalStateException("cell " + step.cell().id() + " counts free slots that no host has");
        }
        int number = host.firstFree();
        host.slot(number).setToken(host.slot(number).getToken() + 1);
        host.slot(number).setReady(false);
        step.hosts().put(host, number, session);
        signal(step, host, number, SlotSignal.GRANT);
    }

    /** The game is up: from now on the player has the time of a start to come. */
    static void ready(CellStep step, CellHost host, int number) {
        SlotRow slot = host.slot(number);
        Duration lasts = lasts(step.policy(), slot.getState(), slot.getSession());
        slot.setReady(true);
        step.hosts().setSlotDeadline(host, number, step.in(lasts));
        step.decision().changed(host);
        step.telling().onSlot(host, number, slot.getSession(), status(slot.getState()), lasts);
    }

    /** The signal's own name is the reason. */
    static void signal(CellStep step, CellHost host, int number, SlotSignal signal) {
        signal(step, host, number, signal, signal.name());
    }

    /**
     * Something has happened to a slot.
     *
     * @param reason that the player is told where the session ends
     */
    static void signal(CellStep step, CellHost host, int number, SlotSignal signal, String reason) {
        SlotRow slot = host.slot(number);
        SlotState from = slot.getState();
        SlotState to = SlotTransitions.next(from, signal);
        if (from == to) {
            return;
        }
        Duration lasts = lasts(step.policy(), to, slot.getSession());
        step.hosts().move(host, number, to, lasts.isZero() ? 0 : step.in(lasts));
        slot.setVersion(slot.getVersion() + 1);
        step.decision().changed(host);
        step.decision().add(event(step, host, number, from, signal));
        if (to == SlotState.FREE) {
            freed(step, host, from);
        }
        SessionRow session = slot.getSession();
        if (session != null && isTakenAway(from, signal)) {
            HostRules.stop(step, host, number, slot.getToken(), signal.name());
        }
        if (session != null) {
            clock(step, session, from, to);
            if (SlotTransitions.LIVE.contains(to)) {
                tell(step, host, number, session, to, lasts);
            } else {
                leave(step, host, number, from, signal, reason);
            }
        }
    }

    /**
     * Whether the host may run the session and doesn't know yet that it is over. A host that seems not to have fetched a grant
     * may just be doing so: it is told as well, before its next report has found its way here.
     */
    private static boolean isTakenAway(SlotState from, SlotSignal signal) {
        return switch (signal) {
            case RELEASE, EVICT, DEADLINE -> true;
            // What it ran it has stopped by then; what it hasn't fetched it may fetch when it is back.
            case LOST -> from == SlotState.RESERVED;
            case REGISTERED,
                    REMOVED,
                    GRANT,
                    HOST_STARTING,
                    HOST_RUNNING,
                    HOST_WAITING,
                    HOST_IDLE,
                    HOST_CLEANING,
                    HOST_CLEAN_FAILED,
                    HOST_STRAY,
                    REBOOT,
                    FORGOTTEN -> false;
        };
    }

    private static void freed(CellStep step, CellHost host, SlotState from) {
        GpuClass gpu = host.row().getGpuClass();
        step.awake().add(gpu);
        if (from != SlotState.UNKNOWN && host.isReady()) {
            EtaRules.released(step.cell().row(), gpu);
            step.decision().cellHasChanged();
        }
    }

    /** How long a slot may be in a state; zero for ever. What a session was played before counts, wherever that was. */
    private static Duration lasts(CellPolicy policy, SlotState state, @Nullable SessionRow session) {
        return switch (state) {
            case UNKNOWN, FREE -> Duration.ZERO;
            case RESERVED -> policy.reservation();
            case STARTING -> policy.start();
            case ACTIVE -> left(policy.longestSession(), session);
            case GRACE -> GraceRules.window(policy, session);
            case CLEANING -> policy.cleaning();
            case QUARANTINED -> policy.quarantine();
        };
    }

    private static Duration left(Duration longest, @Nullable SessionRow session) {
        long played = session == null ? 0 : session.getPlayedMs();
        return Duration.ofMillis(Math.max(1, longest.toMillis() - played));
    }

    /** The player has been connected, or isn't any more. */
    private static void clock(CellStep step, SessionRow session, SlotState from, SlotState to) {
        if (from == SlotState.ACTIVE) {
            session.setPlayedMs(session.getPlayedMs() + Math.max(0, step.at() - session.getConnectedSince()));
            session.setConnectedSince(0);
        }
        if (to == SlotState.ACTIVE) {
            session.setConnectedSince(step.at());
        }
        GraceRules.clock(step, session, from, to);
    }

    private static void tell(
            CellStep step, CellHost host, int number, SessionRow session, SlotState to, Duration lasts) {
        boolean first = to == SlotState.ACTIVE && session.getStartedAt() == 0;
        if (first) {
            session.setStartedAt(step.at());
            step.telling().started(host, session);
        }
        step.telling().onSlot(host, number, session, status(to), lasts);
    }

    static SessionStatus status(SlotState state) {
        return switch (state) {
            case RESERVED -> SessionStatus.GRANTED;
            case STARTING -> SessionStatus.STARTING;
            case ACTIVE -> SessionStatus.ACTIVE;
            case GRACE -> SessionStatus.RESUMABLE;
            case UNKNOWN, FREE, CLEANING, QUARANTINED ->
                throw new IllegalArgumentException("state: " + state + " (expected: one with a session)");
        };
    }

    /** The session is no longer on the slot: it has ended, or has to be moved. */
    private static void leave(
            CellStep step, CellHost host, int number, SlotState from, SlotSignal signal, String reason) {
        SessionRow session = step.hosts().take(host, number);
        if (signal == SlotSignal.DEADLINE && from == SlotState.STARTING && isReady(host, number)) {
            step.telling().ended(host, session, host.row().getGpuClass(), "PLAYER_DID_NOT_COME", step.at());
        } else if (endsBy(from, signal)) {
            step.telling().ended(host, session, host.row().getGpuClass(), reason, step.at());
        } else if (session.getMoves() >= step.policy().mostMoves()) {
            step.telling().ended(host, session, host.row().getGpuClass(), "MOVED_TOO_OFTEN", step.at());
        } else {
            session.setMoves(session.getMoves() + 1);
            @Nullable Hold hold = isTakenAway(from, signal) ? HoldRules.of(step, host, number) : null;
            TicketRules.requeue(step, session, host.row().getGpuClass(), reason, hold);
        }
    }

    /** Whether only the player is missing: not where the host may have gone, and nobody could come. */
    private static boolean isReady(CellHost host, int number) {
        return host.slot(number).getReady() && host.isHeard();
    }

    /** Whether that is the end of the session, rather than a slot that has failed its player. */
    private static boolean endsBy(SlotState from, SlotSignal signal) {
        return switch (signal) {
            case RELEASE -> true;
            case HOST_IDLE, HOST_CLEANING, HOST_CLEAN_FAILED, DEADLINE ->
                from == SlotState.ACTIVE || from == SlotState.GRACE;
            // Nobody is there to be moved.
            case EVICT, REBOOT, LOST, REMOVED, FORGOTTEN -> from == SlotState.GRACE;
            case REGISTERED, GRANT, HOST_STARTING, HOST_RUNNING, HOST_WAITING, HOST_STRAY -> false;
        };
    }

    private static SlotEvent event(CellStep step, CellHost host, int number, SlotState from, SlotSignal cause) {
        SlotRow slot = host.slot(number);
        @Nullable SessionRow session = slot.getSession();
        return SlotEvent.newBuilder()
                .setCellId(step.cell().id())
                .setHostId(host.id())
                .setBootId(host.row().getBootId())
                .setSlot(number)
                .setVersion(slot.getVersion())
                .setFrom(from)
                .setTo(slot.getState())
                .setCause(cause.name())
                .setToken(slot.getToken())
                .setSessionId(session == null ? null : session.getSessionId())
                .setPlayerId(session == null ? null : session.getPlayerId())
                .setHostHealth(host.row().getHealth())
                .setDraining(host.row().getDraining())
                .setClockMs(step.cell().clock())
                .setAt(step.at())
                .build();
    }
}
