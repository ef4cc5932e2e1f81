package io.gamestream.topology.session;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings {@code sessions.policy}: how a cell decides. It is a record of the cell's inbox too, so that a replay knows what was
 * decided by which.
 *
 * @param packing how sessions are put on hosts
 * @param homeReserve the share of usable slots that only players get whose nearest cell it is; 0 to 0.5
 * @param headStarts by tier: how much earlier a request counts; others catch up by waiting
 * @param partyPatience how long a party may be overtaken by smaller tickets
 * @param reservation for a host to fetch a grant
 * @param start until the player is connected
 * @param longestSession after which a session ends
 * @param grace the resume window
 * @param graceTotal the resume windows of one session in one cell together: who only comes and goes holds no slot for ever
 * @param cleaning of a slot after a session
 * @param quarantine of a slot whose cleaning failed, or whose grant was not fetched
 * @param lease after which a host without acknowledgement stops its sessions by itself; routers tell hosts this one, as the
 *     cell's capacity says it. A shorter one is relied on when nobody can have the longer one any more ({@link LeaseRules})
 * @param leaseMargin for clocks that run at different speeds
 * @param suspicionLimit after which a silent host is given up though nothing confirms it, and a host that lives is not waited for
 *     any more that doesn't say that it has stopped what it is to stop
 * @param forgetHostsAfter how long a host that is given up is known; 0 for ever
 * @param recoveryPatience how long a session that lost its slot waits in the cell until it is handed back
 * @param mostMoves of one session; then it ends
 * @param longestTick a tick moves the clock on by that much at most
 * @param remember how long a ticket that has left is known
 * @param tellEvery how often a waiting player is told the position
 * @param tellPerTick players told per tick
 */
public record CellPolicy(
        Packing packing,
        double homeReserve,
        Map<String, Duration> headStarts,
        Duration partyPatience,
        Duration reservation,
        Duration start,
        Duration longestSession,
        Duration grace,
        Duration graceTotal,
        Duration cleaning,
        Duration quarantine,
        Duration lease,
        Duration leaseMargin,
        Duration suspicionLimit,
        Duration forgetHostsAfter,
        Duration recoveryPatience,
        int mostMoves,
        Duration longestTick,
        Duration remember,
        Duration tellEvery,
        int tellPerTick) {

    private static final double LARGEST_RESERVE = 0.5;

    /** Where the next session goes. */
    public enum Packing {
        /** The first host, by id, that has room: leaves whole hosts empty, which can be given back to a cloud. */
        PACK,
        /** The host with most room: for metal that is paid for anyway. */
        SPREAD
    }

    public CellPolicy {
        if (!(homeReserve >= 0 && homeReserve <= LARGEST_RESERVE)) {
            throw new IllegalArgumentException(
                    "home-reserve: " + homeReserve + " (expected: 0 to " + LARGEST_RESERVE + ")");
        }
        headStarts = Map.copyOf(new TreeMap<>(headStarts));
        headStarts.forEach((tier, headStart) -> {
            if (headStart.isNegative()) {
                throw new IllegalArgumentException("head-starts." + tier + ": " + headStart + " (expected: >= 0)");
            }
        });
        if (partyPatience.isNegative()) {
            throw new IllegalArgumentException("party-patience: " + partyPatience + " (expected: >= 0)");
        }
        positive("reservation", reservation);
        positive("start", start);
        positive("longest-session", longestSession);
        positive("grace", grace);
        positive("cleaning", cleaning);
        positive("quarantine", quarantine);
        positive("lease", lease);
        positive("lease-margin", leaseMargin);
        positive("suspicion-limit", suspicionLimit);
        positive("recovery-patience", recoveryPatience);
        positive("longest-tick", longestTick);
        positive("remember", remember);
        positive("tell-every", tellEvery);
        if (graceTotal.compareTo(grace) < 0) {
            throw new IllegalArgumentException(
                    "grace-total: " + graceTotal + " (expected: at least grace, " + grace + ")");
        }
        if (suspicionLimit.compareTo(lease.plus(leaseMargin)) < 0) {
            throw new IllegalArgumentException("suspicion-limit: " + suspicionLimit
                    + " (expected: at least lease and lease-margin, " + lease.plus(leaseMargin)
                    + "; until then the host may still run its sessions)");
        }
        if (!forgetHostsAfter.isZero() && forgetHostsAfter.compareTo(lease.plus(leaseMargin)) < 0) {
            throw new IllegalArgumentException("forget-hosts-after: " + forgetHostsAfter
                    + " (expected: 0s, which is never, or at least lease and lease-margin, " + lease.plus(leaseMargin)
                    + ")");
        }
        if (mostMoves < 0) {
            throw new IllegalArgumentException("most-moves: " + mostMoves + " (expected: >= 0)");
        }
        if (tellPerTick < 1) {
            throw new IllegalArgumentException("tell-per-tick: " + tellPerTick + " (expected: >= 1)");
        }
    }

    /** The head start of a tier; none for one that isn't named. */
    Duration headStart(String tier) {
        return headStarts.getOrDefault(tier, Duration.ZERO);
    }

    /** The same with another packing. */
    CellPolicy packed(Packing other) {
        return new CellPolicy(
                other,
                homeReserve,
                headStarts,
                partyPatience,
                reservation,
                start,
                longestSession,
                grace,
                graceTotal,
                cleaning,
                quarantine,
                lease,
                leaseMargin,
                suspicionLimit,
                forgetHostsAfter,
                recoveryPatience,
                mostMoves,
                longestTick,
                remember,
                tellEvery,
                tellPerTick);
    }

    private static void positive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1ms)");
        }
    }
}
