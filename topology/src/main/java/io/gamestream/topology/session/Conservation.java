package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.SlotState;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds a cell up anew, from its rows, and compares: every slot has one state, every session one slot, everything that isn't
 * for ever its deadline, and the counters by which slots are given away say the same. Pure.
 */
final class Conservation {

    private Conservation() {}

    /** What is wrong; null where nothing is. */
    static @Nullable String violation(Cell cell) {
        Map<GpuClass, ClassCount> counts = new EnumMap<>(GpuClass.class);
        int sessions = 0;
        int deadlines = 0;
        for (CellHost host : cell.hosts().all()) {
            if (host.free != host.count(SlotState.FREE)) {
                return "host " + host.id() + " counts " + host.free + " free slots and has "
                        + host.count(SlotState.FREE);
            }
            counts.merge(host.row().getGpuClass(), ClassCount.of(host), ClassCount::plus);
            deadlines += host.row().getDeadline() > 0 ? 1 : 0;
            deadlines += host.row().getEvictAt() > 0 ? 1 : 0;
            for (int i = 0; i < host.row().getSlots().size(); i++) {
                @Nullable String wrong = slot(cell, host, i);
                if (wrong != null) {
                    return "slot " + host.id() + "#" + i + " " + wrong;
                }
                sessions += host.slot(i).getSession() == null ? 0 : 1;
                deadlines += host.slot(i).getDeadline() > 0 ? 1 : 0;
            }
        }
        for (GpuClass gpu : GpuClass.values()) {
            ClassCount counted = counts.getOrDefault(gpu, ClassCount.NONE);
            if (!counted.equals(cell.hosts().count(gpu))) {
                return gpu + ": the rows add up to " + counted + ", the counters say "
                        + cell.hosts().count(gpu);
            }
        }
        if (sessions != cell.hosts().sessions()) {
            return sessions + " sessions are on slots, " + cell.hosts().sessions() + " are known";
        }
        return tickets(cell, deadlines);
    }

    private static @Nullable String slot(Cell cell, CellHost host, int number) {
        SlotRow slot = host.slot(number);
        SlotState state = slot.getState();
        boolean forEver = state == SlotState.FREE || state == SlotState.UNKNOWN;
        if (forEver != (slot.getDeadline() == 0)) {
            return "is " + state + " with the deadline " + slot.getDeadline();
        }
        if (!forEver && !cell.has(new Deadline(slot.getDeadline(), Deadline.Kind.SLOT, host.id(), number))) {
            return "is " + state + " and its deadline will not fire";
        }
        @Nullable SessionRow session = slot.getSession();
        if (SlotTransitions.LIVE.contains(state) != (session != null)) {
            return "is " + state + (session == null ? " without a session" : " with a session");
        }
        if (session != null) {
            HostIndex.@Nullable Place place = cell.hosts().session(session.getSessionId());
            if (place == null || place.host() != host || place.slot() != number) {
                return "has session " + session.getSessionId() + ", which is on another slot too";
            }
            if (cell.tickets().waitingFor(session.getSessionId()) != null) {
                return "has session " + session.getSessionId() + ", which waits too";
            }
        }
        return null;
    }

    private static @Nullable String tickets(Cell cell, int others) {
        int deadlines = others;
        int waiting = 0;
        int lined = cell.tickets().held();
        for (GpuClass gpu : GpuClass.values()) {
            lined += cell.tickets().home(gpu).size() + cell.tickets().away(gpu).size();
        }
        for (TicketRow ticket : cell.tickets().all()) {
            waiting += ticket.getWaits() ? 1 : 0;
            deadlines += due(ticket) > 0 ? 1 : 0;
        }
        if (waiting != lined) {
            return waiting + " tickets wait, " + lined + " are in line or held";
        }
        if (deadlines != cell.deadlines()) {
            return "the rows have " + deadlines + " deadlines, " + cell.deadlines() + " will fire";
        }
        return null;
    }

    private static long due(TicketRow ticket) {
        if (ticket.getHold() != null) {
            return ticket.getHold().getUntil();
        }
        return ticket.getWaits() ? ticket.getPatientUntil() : ticket.getForgetAt();
    }
}
