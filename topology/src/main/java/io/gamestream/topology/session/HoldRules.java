package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.Hold;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.SlotReport;
import java.util.List;

/**
 * A session that is taken from a living host goes on elsewhere only when it has stopped there: told to stop, the host may stream
 * for a beat longer, or be about to start. Its ticket is held until the host says that it has had the
 * token and runs nothing under it, or can't run it any more. Pure.
 */
final class HoldRules {

    private HoldRules() {}

    /** A host that isn't heard of until then has stopped, even if it is cut off. */
    static Hold of(CellStep step, CellHost host, int slot) {
        return Hold.newBuilder()
                .setHostId(host.id())
                .setSlot(slot)
                .setToken(host.slot(slot).getToken())
                .setSince(step.cell().clock())
                .setUntil(until(step))
                .build();
    }

    private static long until(CellStep step) {
        return step.in(LeaseRules.selfStop(step));
    }

    static void heard(CellStep step, HostReport report) {
        for (TicketRow ticket : step.tickets().held(report.getHostId())) {
            long ago = step.cell().clock() - ticket.getHold().getSince();
            switch (said(report, ticket.getHold())) {
                case STOPPED -> release(step, ticket);
                case HAS_NOT_STOPPED -> {
                    // Who is acknowledged keeps the lease, and may not have been told yet. That it runs nothing proves
                    // nothing: a router that reads behind may hand it the grant still. Told, it says the token, idle.
                    if (ago < step.policy().suspicionLimit().toMillis()) {
                        prolong(step, ticket);
                    }
                }
            }
        }
    }

    private static void prolong(CellStep step, TicketRow ticket) {
        step.tickets().remove(ticket.getTicketId());
        ticket.getHold().setUntil(until(step));
        TicketRules.add(step, ticket);
    }

    /** The host has lost all that it ran. */
    static void gone(CellStep step, CellHost host) {
        List<TicketRow> held = step.tickets().held(host.id());
        held.forEach(ticket -> release(step, ticket));
    }

    /** It is in line from now on. */
    static void release(CellStep step, TicketRow ticket) {
        step.tickets().remove(ticket.getTicketId());
        ticket.setHold(null);
        ticket.setPatientUntil(step.in(step.policy().recoveryPatience()));
        // What the line promises is kept or not from now on.
        ticket.setQueuedAt(step.cell().clock());
        ticket.setFirstEtaMs(-1);
        TicketRules.add(step, ticket);
        step.awake().add(ticket.getGpuClass());
    }

    /** What a report says of a held session. */
    private enum Said {
        STOPPED,
        HAS_NOT_STOPPED
    }

    /** A host that has had a token never starts it again. */
    private static Said said(HostReport report, Hold hold) {
        if (report.getSlots().size() <= hold.getSlot()) {
            return Said.STOPPED;
        }
        SlotReport slot = report.getSlots().get(hold.getSlot());
        if (slot.getToken() != hold.getToken()) {
            return slot.getToken() > hold.getToken() ? Said.STOPPED : Said.HAS_NOT_STOPPED;
        }
        return switch (slot.getPhase()) {
            case IDLE, CLEANING, CLEAN_FAILED -> Said.STOPPED;
            case UNKNOWN, STARTING, RUNNING, WAITING -> Said.HAS_NOT_STOPPED;
        };
    }
}
