package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.SessionStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How well a cell served its players over a stretch of its log. */
public final class PlacementStats {

    /**
     * What came of it.
     *
     * @param grants first grants of sessions; moves are counted apart
     * @param rttMs mean round trip time of the sessions granted, where it was known; -1 for none
     * @param waitP50Ms of the grants, from the request
     * @param utilisation mean share of usable slots that had a session, over the ticks
     */
    public record Summary(
            long grants,
            long moves,
            long queued,
            long handedBack,
            double rttMs,
            long waitP50Ms,
            long waitP99Ms,
            double utilisation) {}

    private final Map<String, Integer> rtts = new HashMap<>();
    private final Set<String> granted = new HashSet<>();
    private final Set<String> queued = new HashSet<>();
    private final List<Long> waits = new ArrayList<>();
    private long moves;
    private long handedBack;
    private long rttSum;
    private long rttCount;
    private double used;
    private long ticks;

    /** One more record and what was decided. */
    public void add(CellRecord record, CellDecision decision) {
        if (record.getBody() instanceof Place place) {
            place.getMembers().forEach(member -> rtts.put(member.getSessionId(), place.getRttMs()));
        }
        decision.assignments().forEach(assignment -> add(assignment, record.getAt()));
        if (decision.capacity() != null) {
            capacity(decision.capacity());
        }
    }

    /** Of all that was added. */
    public Summary summary() {
        List<Long> sorted = waits.stream().sorted().toList();
        return new Summary(
                granted.size(),
                moves,
                queued.size(),
                handedBack,
                rttCount == 0 ? -1 : (double) rttSum / rttCount,
                percentile(sorted, 0.50),
                percentile(sorted, 0.99),
                ticks == 0 ? 0 : used / ticks);
    }

    private void add(Assignment assignment, long at) {
        if (assignment.getStatus() == SessionStatus.QUEUED) {
            queued.add(assignment.getSessionId());
        } else if (assignment.getStatus() == SessionStatus.HANDED_BACK) {
            handedBack++;
        } else if (assignment.getStatus() == SessionStatus.GRANTED) {
            if (granted.add(assignment.getSessionId())) {
                waits.add(Math.max(0, at - assignment.getRequestedAt()));
                @Nullable Integer rtt = rtts.get(assignment.getSessionId());
                if (rtt != null && rtt >= 0) {
                    rttSum += rtt;
                    rttCount++;
                }
            } else {
                moves++;
            }
        }
    }

    private void capacity(CellCapacity capacity) {
        long usable = 0;
        long live = 0;
        for (ClassCapacity gpu : capacity.getClasses()) {
            usable += gpu.getUsable();
            live += gpu.getLive();
        }
        if (usable > 0) {
            ticks++;
            used += Math.min(1.0, (double) live / usable);
        }
    }

    private static long percentile(List<Long> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share)));
    }
}
