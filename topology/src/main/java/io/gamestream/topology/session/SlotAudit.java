package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks the committed slot events against what must never happen: two sessions on a slot, a session or a player on two slots, a
 * token that doesn't grow, a grant on a host that may not have it, a transition that isn't in the table, an event that is
 * missing or there twice. Slots of a host that comes to a cell which has forgotten some begin where one of those ended. It knows nothing of how cells decide. Events of a slot must come in the order of their versions; between
 * slots any order of commits is fine as long as a session's release comes before its next grant.
 */
public final class SlotAudit {

    private final Map<String, SlotEvent> last = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private final Map<String, String> slotOfSession = new HashMap<>();
    private final Map<String, String> sessionOfPlayer = new HashMap<>();
    private final Set<End> ends = new HashSet<>();
    private final Map<End, String> begun =
            new TreeMap<>(Comparator.comparing(End::cellId).thenComparingLong(End::version));
    private final List<String> violations = new ArrayList<>();
    private long grants;

    /** A slot that was there isn't any more; others may begin after that version. */
    private record End(String cellId, long version) {}

    /** One more event. */
    public void observe(SlotEvent event) {
        String slot = event.getHostId() + "#" + event.getSlot();
        @Nullable SlotEvent before = last.put(slot, event);
        sequence(slot, before, event);
        if (event.getTo() == SlotState.RESERVED) {
            grant(slot, event);
        } else if (!SlotTransitions.LIVE.contains(event.getTo()) && event.getSessionId() != null) {
            release(slot, event);
        }
    }

    /** What was found so far; empty where all is well. */
    public List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        begun.forEach((end, slot) -> {
            if (!ends.contains(end)) {
                all.add("slot " + slot + " begins at version " + (end.version() + 1)
                        + ", and no slot of its cell has ended before that");
            }
        });
        return all;
    }

    public long grants() {
        return grants;
    }

    /** Slots that are not FREE: after everything has come to rest, these are leaked. */
    public List<String> busy() {
        return last.entrySet().stream()
                .filter(entry -> entry.getValue().getTo() != SlotState.FREE
                        && entry.getValue().getTo() != SlotState.UNKNOWN)
                .map(entry -> entry.getKey() + " is " + entry.getValue().getTo())
                .sorted()
                .toList();
    }

    /** The slot that a session is on. */
    public Optional<String> slotOf(String sessionId) {
        return Optional.ofNullable(slotOfSession.get(sessionId));
    }

    private void sequence(String slot, @Nullable SlotEvent before, SlotEvent event) {
        long expected = before == null ? 1 : before.getVersion() + 1;
        SlotState was = before == null ? SlotState.UNKNOWN : before.getTo();
        if (was == SlotState.UNKNOWN && event.getVersion() > expected) {
            begun.putIfAbsent(new End(event.getCellId(), event.getVersion() - 1), slot);
        } else if (event.getVersion() != expected) {
            wrong(slot, "has version " + event.getVersion() + " after " + (expected - 1));
        }
        if (event.getTo() == SlotState.UNKNOWN) {
            ends.add(new End(event.getCellId(), event.getVersion()));
        }
        if (event.getFrom() != was) {
            wrong(slot, "goes from " + event.getFrom() + " and was " + was);
        }
        if (SlotTransitions.next(event.getFrom(), SlotSignal.valueOf(event.getCause())) != event.getTo()) {
            wrong(slot, event.getCause() + " leads from " + event.getFrom() + " to " + event.getTo());
        }
    }

    private void grant(String slot, SlotEvent event) {
        grants++;
        long token = tokens.getOrDefault(slot, 0L);
        if (event.getToken() <= token) {
            wrong(slot, "grants token " + event.getToken() + " after " + token);
        }
        tokens.put(slot, event.getToken());
        if (event.getHostHealth() != HostHealth.ALIVE || event.getDraining()) {
            wrong(
                    slot,
                    "is granted on a host that is " + event.getHostHealth()
                            + (event.getDraining() ? " and draining" : ""));
        }
        @Nullable String session = event.getSessionId();
        @Nullable String player = event.getPlayerId();
        if (session == null || player == null) {
            wrong(slot, "is granted to nobody");
            return;
        }
        @Nullable String elsewhere = slotOfSession.put(session, slot);
        if (elsewhere != null) {
            wrong(slot, "is granted to session " + session + ", which is on " + elsewhere);
        }
        @Nullable String other = sessionOfPlayer.put(player, session);
        if (other != null) {
            wrong(slot, "is granted to player " + player + ", who has session " + other);
        }
    }

    private void release(String slot, SlotEvent event) {
        String session = String.valueOf(event.getSessionId());
        if (!slotOfSession.remove(session, slot)) {
            wrong(slot, "is left by session " + session + ", which wasn't there");
        }
        sessionOfPlayer.remove(String.valueOf(event.getPlayerId()), session);
    }

    private void wrong(String slot, String what) {
        violations.add("slot " + slot + " " + what);
    }
}
