package io.gamestream.serving.sessions;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sessions by id: those that live, and those that ended a while ago. Written by one thread, read by all. */
final class SessionTable {

    private record End(String sessionId, long at) {}

    private final long keepMs;
    private final PresenceTable presence;
    private final Map<String, SessionEntry> sessions = new ConcurrentHashMap<>();
    private final Map<String, String> liveByPlayer = new HashMap<>();
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparingLong(End::at));

    SessionTable(Duration keepEnded, PresenceTable presence) {
        this.keepMs = keepEnded.toMillis();
        this.presence = presence;
    }

    Optional<SessionEntry> find(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    int size() {
        return sessions.size();
    }

    /** Takes in what a record says of a session. */
    void put(String sessionId, SessionEntry entry, long now) {
        @Nullable SessionEntry before = sessions.get(sessionId);
        if (before != null && !entry.isNewerThan(before)) {
            return;
        }
        if (entry.hasEnded()) {
            liveByPlayer.remove(entry.playerId(), sessionId);
        } else {
            @Nullable String other = liveByPlayer.put(entry.playerId(), sessionId);
            if (other != null && !other.equals(sessionId)) {
                // Its end was compacted away, since the player has gone on to this one.
                remove(other);
            }
        }
        if (entry.hasEnded() && entry.at() < now - keepMs) {
            remove(sessionId);
            return;
        }
        sessions.put(sessionId, entry);
        count(before, -1);
        count(entry, 1);
        if (entry.hasEnded()) {
            ends.add(new End(sessionId, entry.at()));
        }
    }

    /** The player has not been there for long: of a session that seems to live, the end was missed. */
    void forgetPlayer(String playerId, long offset) {
        @Nullable String live = liveByPlayer.get(playerId);
        @Nullable SessionEntry entry = live == null ? null : sessions.get(live);
        if (live != null && entry != null && entry.offset() < offset) {
            liveByPlayer.remove(playerId);
            remove(live);
        }
    }

    /** Forgets what ended long ago. */
    void forget(long now) {
        while (!ends.isEmpty() && ends.peek().at() < now - keepMs) {
            End end = Objects.requireNonNull(ends.poll());
            @Nullable SessionEntry entry = sessions.get(end.sessionId());
            if (entry != null && entry.hasEnded() && entry.at() == end.at()) {
                remove(end.sessionId());
            }
        }
    }

    private void remove(String sessionId) {
        count(sessions.remove(sessionId), -1);
    }

    private void count(@Nullable SessionEntry entry, int sign) {
        if (entry != null) {
            Presence one = Presence.of(entry.status());
            presence.move(entry.place(), sign < 0 ? one : Presence.NONE, sign < 0 ? Presence.NONE : one);
        }
    }
}
