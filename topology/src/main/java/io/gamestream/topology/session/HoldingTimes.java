package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long sessions held their slots, and slots were cleaned, as the slot events of a log tell. */
final class HoldingTimes {

    private static final long UNKNOWN_HOLD_MS = 30 * 60_000L;
    private static final long UNKNOWN_CLEANING_MS = 5_000;

    private final Map<String, Long> grantedAt = new HashMap<>();
    private final Map<String, Long> held = new HashMap<>();
    private final Map<String, Long> endedAt = new HashMap<>();
    private final Map<String, Long> cleaningSince = new HashMap<>();
    private final List<Long> cleaned = new ArrayList<>();

    void add(SlotEvent event) {
        String slot = event.getHostId() + "#" + event.getSlot();
        @Nullable String session = event.getSessionId();
        if (session != null && event.getTo() == SlotState.RESERVED) {
            grantedAt.putIfAbsent(session, event.getAt());
        } else if (session != null && !SlotTransitions.LIVE.contains(event.getTo())) {
            endedAt.put(session, event.getAt());
            @Nullable Long since = grantedAt.get(session);
            if (since != null) {
                held.put(session, Math.max(0, event.getAt() - since));
            }
        }
        if (event.getTo() == SlotState.CLEANING) {
            cleaningSince.put(slot, event.getAt());
        } else if (event.getTo() == SlotState.FREE) {
            @Nullable Long since = cleaningSince.remove(slot);
            if (since != null) {
                cleaned.add(Math.max(0, event.getAt() - since));
            }
        }
    }

    /** Of a session that held none, or whose end isn't in the log: what half of the others did. */
    long hold(String sessionId) {
        @Nullable Long known = held.get(sessionId);
        return known != null ? known : median(held.values().stream().sorted().toList(), UNKNOWN_HOLD_MS);
    }

    /** When a session ended that was there at a time; where it isn't in the log, after half of what the others held theirs. */
    long endsAt(String sessionId, long now) {
        @Nullable Long known = endedAt.get(sessionId);
        return known != null
                ? Math.max(now, known)
                : now + median(held.values().stream().sorted().toList(), UNKNOWN_HOLD_MS) / 2;
    }

    long cleaning() {
        return median(cleaned.stream().sorted().toList(), UNKNOWN_CLEANING_MS);
    }

    private static long median(List<Long> sorted, long unknown) {
        return sorted.isEmpty() ? unknown : sorted.get(sorted.size() / 2);
    }
}
