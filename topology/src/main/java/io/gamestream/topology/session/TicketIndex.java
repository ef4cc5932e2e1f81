package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of a cell, and who comes first. Those whose nearest cell this is have a line of their own: the others don't get
 * the reserve, and mustn't be looked through each time that it is all there is.
 */
final class TicketIndex {

    /** RECOVERY first, then by virtual start. */
    static final Comparator<TicketRow> ORDER = Comparator.comparing((TicketRow ticket) -> !ticket.getRecovery())
            .thenComparingLong(TicketRow::getVirtualStart)
            .thenComparing(TicketRow::getTicketId);

    /** The two lines of a GPU class. */
    private record Lines(RankedQueue<TicketRow> home, RankedQueue<TicketRow> away) {}

    private final Map<String, TicketRow> tickets = new HashMap<>();
    private final Map<String, String> waiting = new HashMap<>();
    private final Map<GpuClass, Lines> lines = new EnumMap<>(GpuClass.class);
    private final Map<GpuClass, Integer> players = new EnumMap<>(GpuClass.class);
    /** Ids of those that wait in no line: their sessions may still run. In order, as all that is decided by it. */
    private final NavigableSet<String> held = new TreeSet<>();

    private final NavigableSet<Deadline> deadlines;

    TicketIndex(NavigableSet<Deadline> deadlines) {
        this.deadlines = deadlines;
        for (GpuClass gpu : GpuClass.values()) {
            lines.put(gpu, new Lines(new RankedQueue<>(ORDER), new RankedQueue<>(ORDER)));
        }
    }

    @Nullable
    TicketRow find(String ticketId) {
        return tickets.get(ticketId);
    }

    /** The ticket with which a session waits. */
    @Nullable
    TicketRow waitingFor(String sessionId) {
        String ticketId = waiting.get(sessionId);
        return ticketId == null ? null : tickets.get(ticketId);
    }

    Collection<TicketRow> all() {
        return tickets.values();
    }

    /** Those that a host has to stop first. */
    List<TicketRow> held(String hostId) {
        if (held.isEmpty()) {
            return List.of();
        }
        return held.stream()
                .map(tickets::get)
                .filter(ticket -> ticket.getHold().getHostId().equals(hostId))
                .toList();
    }

    int held() {
        return held.size();
    }

    /** Players that wait for a class. */
    int players(GpuClass gpu) {
        return players.getOrDefault(gpu, 0);
    }

    RankedQueue<TicketRow> home(GpuClass gpu) {
        return of(gpu).home;
    }

    RankedQueue<TicketRow> away(GpuClass gpu) {
        return of(gpu).away;
    }

    /** From 1: tickets of the class that come before it, and itself. */
    long position(TicketRow ticket) {
        Lines both = of(ticket.getGpuClass());
        return 1L + both.home.rank(ticket) + both.away.rank(ticket);
    }

    /** Takes in a ticket, or the memory of one, with all that its row says; what was known under its id is gone. */
    void add(TicketRow ticket) {
        remove(ticket.getTicketId());
        tickets.put(ticket.getTicketId(), ticket);
        if (ticket.getWaits()) {
            if (ticket.getHold() == null) {
                line(ticket).add(ticket);
            } else {
                held.add(ticket.getTicketId());
            }
            ticket.getSessions().forEach(session -> waiting.put(session.getSessionId(), ticket.getTicketId()));
            players.merge(ticket.getGpuClass(), ticket.getSessions().size(), Integer::sum);
        }
        deadline(ticket).ifPresent(deadlines::add);
    }

    /** False where it wasn't there. */
    boolean remove(String ticketId) {
        TicketRow ticket = tickets.remove(ticketId);
        if (ticket == null) {
            return false;
        }
        if (ticket.getWaits()) {
            if (!held.remove(ticketId)) {
                line(ticket).remove(ticket);
            }
            ticket.getSessions().forEach(session -> waiting.remove(session.getSessionId()));
            players.merge(ticket.getGpuClass(), -ticket.getSessions().size(), Integer::sum);
        }
        deadline(ticket).ifPresent(deadlines::remove);
        return true;
    }

    static boolean isHome(TicketRow ticket) {
        List<SessionRow> sessions = ticket.getSessions();
        return !sessions.isEmpty() && sessions.get(0).getHome();
    }

    private static Optional<Deadline> deadline(TicketRow ticket) {
        if (ticket.getHold() != null) {
            return Optional.of(new Deadline(ticket.getHold().getUntil(), Deadline.Kind.HOLD, ticket.getTicketId(), -1));
        }
        long due = ticket.getWaits() ? ticket.getPatientUntil() : ticket.getForgetAt();
        Deadline.Kind kind = ticket.getWaits() ? Deadline.Kind.PATIENCE : Deadline.Kind.FORGET;
        return due > 0 ? Optional.of(new Deadline(due, kind, ticket.getTicketId(), -1)) : Optional.empty();
    }

    private RankedQueue<TicketRow> line(TicketRow ticket) {
        return isHome(ticket) ? home(ticket.getGpuClass()) : away(ticket.getGpuClass());
    }

    private Lines of(GpuClass gpu) {
        return Objects.requireNonNull(lines.get(gpu));
    }
}
