package io.gamestream.router;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.TicketAnswer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    /** Players, with the offset from which on nothing is told of them. */
    private final Map<String, Long> gone = new ConcurrentHashMap<>();

    private final Map<String, List<Consumer<Known>>> waiting = new ConcurrentHashMap<>();
    /** In the order in which they were told: who looks for old ones needn't look at all. */
    private final Queue<Known> over = new ConcurrentLinkedQueue<>();

    private final AtomicLong versions = new AtomicLong();

    /** What was told before is passed over: after a break the log is read again from its beginning. */
    void tell(Assignment assignment, long at, long offset) {
        String id = assignment.getSessionId();
        Known before = sessions.get(id);
        if (before != null && before.assignment() != null && before.offset() >= offset) {
            return;
        }
        Known known = new Known(id, assignment.getPlayerId(), assignment, null, at, offset, versions.incrementAndGet());
        sessions.put(id, known);
        leaveHost(before);
        if (known.hasSlot()) {
            byHost.compute(Objects.requireNonNull(assignment.getHostId()), (host, there) -> {
                Map<Integer, Assignment> slots = there == null ? new ConcurrentHashMap<>() : there;
                slots.merge(assignment.getSlot(), assignment, SessionTable::newer);
                return slots;
            });
        }
        wake(known);
    }

    /** An answer of the gate; it never hides what a cell has said of the session. */
    void tell(TicketAnswer answer, long at, long offset) {
        Known known = new Known(
                answer.getSessionId(), answer.getPlayerId(), null, answer, at, offset, versions.incrementAndGet());
        Known kept = sessions.merge(
                answer.getSessionId(), known, (before, now) -> before.assignment() == null ? now : before);
        if (kept.equals(known)) {
            wake(known);
        }
    }

    /** Kafka has a request, and nothing has come of it yet: its client may already ask what has. */
    void accepted(String sessionId, String playerId, long at) {
        Known pending = new Known(sessionId, playerId, null, null, at, -1, versions.incrementAndGet());
        if (sessions.putIfAbsent(sessionId, pending) == null) {
            // Where it is never decided it is forgotten as what is over is.
            over.add(pending);
        }
    }

    /** What is to stop under a token is to stop under all lower ones: of a slot and a boot the highest is enough. */
    void tell(HostCommand command) {
        commands.compute(command.getHostId(), (host, before) -> {
            List<HostCommand> ofHost = before == null ? new CopyOnWriteArrayList<>() : before;
            boolean covered = ofHost.stream()
                    .anyMatch(other -> isOfSameSlot(other, command) && other.getToken() > command.getToken());
            if (!covered) {
                ofHost.removeIf(other -> isOfSameSlot(other, command));
                ofHost.add(command);
            }
            return ofHost;
        });
    }

    /** Of another boot it is another slot: a cell that a host has left may speak of the former one later. */
    private static boolean isOfSameSlot(HostCommand other, HostCommand command) {
        return other.getSlot() == command.getSlot() && other.getBootId().equals(command.getBootId());
    }

    /** The player has not been there for long: of sessions that seem to live, the end was missed. */
    void forget(String playerId, long offset) {
        gone.merge(playerId, offset, Math::max);
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
        for (Known oldest = over.peek(); oldest != null && oldest.at() < at; oldest = over.peek()) {
            over.remove();
            sessions.remove(oldest.sessionId(), oldest);
        }
        commands.keySet()
                .forEach(host -> commands.computeIfPresent(host, (id, all) -> {
                    all.removeIf(command -> command.getAt() < at);
                    return all.isEmpty() ? null : all;
                }));
    }

    /** Forgets players who are gone, all at once: it takes a look at every session. */
    void forgetGone() {
        Map<String, Long> players = Map.copyOf(gone);
        if (players.isEmpty()) {
            return;
        }
        sessions.values().forEach(known -> {
            @Nullable Long until = players.get(known.playerId());
            boolean isGone = until != null && known.assignment() != null && known.offset() < until;
            if (isGone && sessions.remove(known.sessionId(), known)) {
                leaveHost(known);
            }
        });
        players.forEach(gone::remove);
    }

    /** Requests and streams that wait for news. */
    int waiting() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }

    int size() {
        return sessions.size();
    }

    /** Hosts that have something to run or to stop. */
    int hosts() {
        return byHost.size() + commands.size();
    }

    /** Records of two players come from two partitions, in any order; tokens of a slot only rise. */
    private static Assignment newer(Assignment one, Assignment other) {
        return other.getToken() < one.getToken() ? one : other;
    }

    private void leaveHost(@Nullable Known before) {
        if (before == null || before.assignment() == null || before.assignment().getHostId() == null) {
            return;
        }
        Assignment left = before.assignment();
        byHost.computeIfPresent(Objects.requireNonNull(left.getHostId()), (host, slots) -> {
            slots.remove(left.getSlot(), left);
            return slots.isEmpty() ? null : slots;
        });
    }

    private void wake(Known known) {
        if (known.isOver()) {
            over.add(known);
        }
        waiting.getOrDefault(known.sessionId(), List.of()).forEach(listener -> listener.accept(known));
    }
}
