package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.PlayerRow;
import java.time.Duration;
import java.util.List;

/**
 * Settings {@code sessions.gate}: where the gate looks for a slot.
 *
 * @param rttCaps how far away a cell may be, by how long the player has waited; the first one from the beginning
 * @param tries cells that are tried in a round, before the ticket queues at the nearest
 * @param lookAgain after which a ticket that queues looks around again, when no cap widens before
 * @param staleAfter a cell that has told nothing for that long gets no new tickets as long as there is another
 * @param unknownRttMs of a region that the player has not measured
 * @param partyMost players of a party
 * @param forgetAfter how long a player without a ticket is known, and so how long a repeated request finds its session
 */
public record GatePolicy(
        List<RttCap> rttCaps,
        int tries,
        Duration lookAgain,
        Duration staleAfter,
        int unknownRttMs,
        int partyMost,
        Duration forgetAfter) {

    /**
     * From a waiting time on.
     *
     * @param after of waiting
     * @param rttMs the farthest that a cell may be
     */
    public record RttCap(Duration after, int rttMs) {

        public RttCap {
            if (after.isNegative() || rttMs < 1) {
                throw new IllegalArgumentException(
                        "after: " + after + ", rtt-ms: " + rttMs + " (expected: >= 0s, >= 1)");
            }
        }
    }

    public GatePolicy {
        rttCaps = List.copyOf(rttCaps);
        if (rttCaps.isEmpty() || !rttCaps.get(0).after().isZero()) {
            throw new IllegalArgumentException("rtt-caps: " + rttCaps + " (expected: the first one after 0s)");
        }
        for (int i = 1; i < rttCaps.size(); i++) {
            if (rttCaps.get(i).after().compareTo(rttCaps.get(i - 1).after()) <= 0
                    || rttCaps.get(i).rttMs() < rttCaps.get(i - 1).rttMs()) {
                throw new IllegalArgumentException("rtt-caps: " + rttCaps + " (expected: later and wider, each)");
            }
        }
        if (tries < 0) {
            throw new IllegalArgumentException("tries: " + tries + " (expected: >= 0)");
        }
        if (lookAgain.toMillis() < 1 || staleAfter.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "look-again: " + lookAgain + ", stale-after: " + staleAfter + " (expected: >= 1ms)");
        }
        if (unknownRttMs < 0) {
            throw new IllegalArgumentException("unknown-rtt-ms: " + unknownRttMs + " (expected: >= 0)");
        }
        if (partyMost < 1) {
            throw new IllegalArgumentException("party-most: " + partyMost + " (expected: >= 1)");
        }
    }

    /**
     * Whether nothing of a player has to be known any more.
     *
     * @param now ms since 1970
     */
    boolean forgets(PlayerRow row, long now) {
        return row.getLive() == null && now - row.getChangedAt() >= forgetAfter.toMillis();
    }

    /** How far a cell may be after so long a wait. */
    int capAfter(long waitedMs) {
        int cap = 0;
        for (RttCap step : rttCaps) {
            if (waitedMs >= step.after().toMillis()) {
                cap = step.rttMs();
            }
        }
        return cap;
    }

    /** Until the cap widens, or until looking again is worth it. */
    long patienceMs(long waitedMs) {
        for (RttCap step : rttCaps) {
            if (step.after().toMillis() > waitedMs) {
                return Math.min(step.after().toMillis() - waitedMs, lookAgain.toMillis());
            }
        }
        return lookAgain.toMillis();
    }
}
