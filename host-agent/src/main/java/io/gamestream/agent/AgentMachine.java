package io.gamestream.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a host: it runs one session per slot, never one with a lower token than it has seen there, and none without an
 * acknowledgement that is younger than its lease. Pure: times are given, in ms of any clock that never goes back.
 */
public final class AgentMachine {

    /** A slot as the host knows it. */
    public record Slot(
            SlotPhase phase, long token, @Nullable String sessionId) {}

    /**
     * What a router has answered to a heartbeat.
     *
     * @param lease null where the heartbeat was taken and Kafka doesn't have it yet: then the lease runs on as it did
     * @param stops fencing tokens by slot: what has that one or a lower one is not wanted any more, whether it runs or is still to come
     */
    public record Acknowledgement(@Nullable Duration lease, List<WantedSession> sessions, List<Stop> stops) {

        /** Whether the lease is a new one. */
        public boolean renews() {
            return lease != null;
        }

        /** One of them. */
        public record Stop(int slot, long token) {}
    }

    private final Slot[] slots;
    private long acknowledgedAt;
    private long leaseMs;

    /**
     * A host that has just started.
     *
     * @param lease until a router says otherwise
     */
    public AgentMachine(int slots, Duration lease, long now) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots: " + slots + " (expected: >= 1)");
        }
        this.slots = new Slot[slots];
        Arrays.fill(this.slots, new Slot(SlotPhase.IDLE, 0, null));
        this.leaseMs = lease.toMillis();
        this.acknowledgedAt = now;
    }

    /** For the heartbeat, by number. */
    public List<Slot> slots() {
        return List.of(slots);
    }

    /**
     * A heartbeat was answered. Without a new lease nothing is started: that router may be cut off from what was decided since.
     *
     * @param sentAt when it was sent: the lease counts from there, since nobody knows when it arrived
     */
    public List<Action> answered(Acknowledgement answer, long sentAt) {
        List<Action> actions = new ArrayList<>();
        stopUnwanted(answer, actions);
        if (answer.lease() == null) {
            return actions;
        }
        acknowledgedAt = Math.max(acknowledgedAt, sentAt);
        leaseMs = answer.lease().toMillis();
        startWanted(answer, actions);
        return actions;
    }

    /**
     * Up to that token nothing runs in the slot any more. A grant that is taken back before it got here is refused from now on,
     * whoever still hands it out; the next heartbeat says so, and that is what the session's cell waits for. A slot that is being
     * cleaned keeps its token until it is clean: whoever cleans it knows it by that.
     */
    private void stopUnwanted(Acknowledgement answer, List<Action> actions) {
        for (Acknowledgement.Stop stop : answer.stops()) {
            if (!isSlot(stop.slot()) || slots[stop.slot()].token() > stop.token()) {
                continue;
            }
            SlotPhase phase = slots[stop.slot()].phase();
            if (phase.isBusy()) {
                stop(stop.slot(), "not wanted any more", actions);
            } else if (phase != SlotPhase.CLEANING) {
                slots[stop.slot()] = new Slot(phase, stop.token(), null);
            }
        }
    }

    private void startWanted(Acknowledgement answer, List<Action> actions) {
        for (WantedSession session : answer.sessions()) {
            boolean isNew = isSlot(session.slot()) && session.token() > slots[session.slot()].token();
            if (isNew && !isStopped(session, answer)) {
                stop(session.slot(), "replaced by token " + session.token(), actions);
                slots[session.slot()] = new Slot(SlotPhase.STARTING, session.token(), session.sessionId());
                actions.add(new Action.Start(session));
            }
        }
    }

    /** A router hears of grants and of stops one after the other. */
    private static boolean isStopped(WantedSession session, Acknowledgement answer) {
        return answer.stops().stream()
                .anyMatch(stop -> stop.slot() == session.slot() && stop.token() >= session.token());
    }

    /** Time goes on: without an acknowledgement in time everything is stopped. */
    public List<Action> time(long now) {
        List<Action> actions = new ArrayList<>();
        if (now - acknowledgedAt >= leaseMs) {
            for (int i = 0; i < slots.length; i++) {
                stop(i, "no acknowledgement for " + leaseMs + " ms", actions);
            }
        }
        return actions;
    }

    /**
     * The session of that token goes on; false where it is no longer the slot's.
     *
     * @param phase what it does now
     */
    public boolean report(int slot, long token, SlotPhase phase) {
        if (!isSlot(slot) || slots[slot].token() != token || !mayFollow(slots[slot].phase(), phase)) {
            return false;
        }
        slots[slot] = new Slot(phase, token, phase.isBusy() ? slots[slot].sessionId() : null);
        return true;
    }

    /** What was stopped doesn't run again. */
    private static boolean mayFollow(SlotPhase before, SlotPhase phase) {
        return before.isBusy() || !phase.isBusy();
    }

    private void stop(int slot, String reason, List<Action> actions) {
        Slot now = slots[slot];
        if (now.phase().isBusy()) {
            slots[slot] = new Slot(SlotPhase.CLEANING, now.token(), null);
            actions.add(new Action.Stop(slot, now.token(), String.valueOf(now.sessionId()), reason));
        }
    }

    private boolean isSlot(int slot) {
        return slot >= 0 && slot < slots.length;
    }
}
