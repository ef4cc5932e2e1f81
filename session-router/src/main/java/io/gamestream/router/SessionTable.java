package io.gamestream.router;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.TicketAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this router has read of committed records: sessions by id, grants by host, commands to hosts. Written by the
 * reader's thread, read by all.
 */
final class SessionTable {

    private final Map<String, Known> sessions = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Assignment>> byHost = new ConcurrentHashMap<>();
    private final Map<String, List<HostCommand>> commands = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer<Known>>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    /** What is older than what is known is passed over: after a break the log is read again from its beginning. */
    void tell(Assignment assignment, long at) {
        String id = assignment.getSessionId();
        Known before = sessions.get(id);
        if (before != null && before.at() > at) {
            return;
        }
        Known known = new Known(id, assignment, null, at, versions.incrementAndGet());
        sessions.put(id, known);
        leaveHost(before);
        if (known.hasSlot()) {
            byHost.computeIfAbsent(Objects.requireNonNull(assignment.getHostId()), host -> new ConcurrentHashMap<>())
                    .put(assignment.getSlot(), assignment);
        }
        wake(known);
    }

    /** An answer of the gate; it never hides what a cell has said of the session. */
    void tell(TicketAnswer answer, long at) {
        Known known = new Known(answer.getSessionId(), null, answer, at, versions.incrementAndGet());
        Known kept = sessions.merge(
                answer.getSessionId(), known, (before, now) -> before.assignment() == null ? now : before);
        if (kept.equals(known)) {
            wake(known);
        }
    }

    void tell(HostCommand command) {
        List<HostCommand> ofHost = commands.computeIfAbsent(command.getHostId(), host -> new CopyOnWriteArrayList<>());
        ofHost.removeIf(before -> before.getSlot() == command.getSlot());
        ofHost.add(command);
    }

    Optional<Known> session(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    /** What a host is to run, by slot. */
    Collection<Assignment> ofHost(String hostId, String bootId) {
        return byHost.getOrDefault(hostId, Map.of()).values().stream()
                .filter(assignment -> bootId.equals(assignment.getBootId()))
                .toList();
    }

    /** What a host is to stop. */
    List<HostCommand> stops(String hostId, String bootId) {
        return commands.getOrDefault(hostId, List.of()).stream()
                .filter(command -> command.getBootId().equals(bootId))
                .toList();
    }

    /** Hears of each news of a session until it is closed. */
    AutoCloseable listen(String sessionId, Consumer<Known> listener) {
        waiting.computeIfAbsent(sessionId, id -> new CopyOnWriteArrayList<>()).add(listener);
        return () -> waiting.computeIfPresent(sessionId, (id, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        });
    }

    /** Forgets sessions that ended before then, and commands as old. */
    void forgetBefore(long at) {
        List<Known> old = new ArrayList<>();
        sessions.values().forEach(known -> {
            if (known.isOver() && known.at() < at) {
                old.add(known);
            }
        });
        old.forEach(known -> sessions.remove(known.sessionId(), known));
        commands.values().forEach(all -> all.removeIf(command -> command.getAt() < at));
    }

    int size() {
        return sessions.size();
    }

    private void leaveHost(@Nullable Known before) {
        if (before == null || before.assignment() == null || before.assignment().getHostId() == null) {
            return;
        }
        Map<Integer, Assignment> slots = byHost.get(before.assignment().getHostId());
        if (slots != null) {
            slots.remove(before.assignment().getSlot(), before.assignment());
        }
    }

    private void wake(Known known) {
        waiting.getOrDefault(known.sessionId(), List.of()).forEach(listener -> listener.accept(known));
    }
}
