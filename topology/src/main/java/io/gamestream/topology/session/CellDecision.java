package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SlotEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one record of a cell's inbox: what others are told, and the rows that have changed. The rows are the
 * cell's own; they are to be written before the next record is folded.
 */
public final class CellDecision {

    private final List<Assignment> assignments = new ArrayList<>();
    private final List<SlotEvent> slotEvents = new ArrayList<>();
    private final List<SessionEvent> sessionEvents = new ArrayList<>();
    private final List<HostCommand> hostCommands = new ArrayList<>();
    private final Map<String, Optional<HostRow>> hosts = new LinkedHashMap<>();
    private final Map<String, Optional<TicketRow>> tickets = new LinkedHashMap<>();
    private @Nullable CellCapacity capacity;
    private @Nullable String violation;
    private boolean cellChanged;
    private boolean policyChanged;

    CellDecision() {}

    public List<Assignment> assignments() {
        return assignments;
    }

    public List<SlotEvent> slotEvents() {
        return slotEvents;
    }

    public List<SessionEvent> sessionEvents() {
        return sessionEvents;
    }

    public List<HostCommand> hostCommands() {
        return hostCommands;
    }

    /** Hosts to write, or to delete, by id. */
    public Map<String, Optional<HostRow>> hosts() {
        return hosts;
    }

    /** Tickets to write, or to delete, by id. */
    public Map<String, Optional<TicketRow>> tickets() {
        return tickets;
    }

    /** Whether the cell's own row is to be written. */
    public boolean cellChanged() {
        return cellChanged;
    }

    /** Whether the cell's policy is to be written. */
    public boolean policyChanged() {
        return policyChanged;
    }

    public @Nullable CellCapacity capacity() {
        return capacity;
    }

    /** Why the cell grants nothing from now on; null where nothing is wrong. */
    public @Nullable String violation() {
        return violation;
    }

    void add(Assignment assignment) {
        assignments.add(assignment);
    }

    void add(SlotEvent event) {
        slotEvents.add(event);
    }

    void add(SessionEvent event) {
        sessionEvents.add(event);
    }

    void add(HostCommand command) {
        hostCommands.add(command);
    }

    void changed(CellHost host) {
        hosts.put(host.id(), Optional.of(host.row()));
    }

    void forgotten(CellHost host) {
        hosts.put(host.id(), Optional.empty());
    }

    void changed(TicketRow ticket) {
        tickets.put(ticket.getTicketId(), Optional.of(ticket));
    }

    void removed(String ticketId) {
        tickets.put(ticketId, Optional.empty());
    }

    void cellHasChanged() {
        cellChanged = true;
    }

    void policyHasChanged() {
        policyChanged = true;
    }

    void capacity(CellCapacity now) {
        capacity = now;
    }

    void violation(String what) {
        violation = what;
    }
}
