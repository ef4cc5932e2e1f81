package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.Hold;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.SlotReport;
import org.jspecify.annotations.Nullable;

/**
 * A session that is taken from a host goes on elsewhere only when it has stopped there: told to stop, the host may stream for a
 * beat longer, or be about to start. Its ticket is held until the host says that it has had the token and runs nothing under it.
 * Only a host that nobody hears of isn't waited for: when it is missed for lease and margin it has stopped by itself, even if it is
 * cut off. One that says nothing of it for the limit of suspicion is not either. Pure.
 */
final class HoldRules {

    private HoldRules() {}

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
            if (hasStopped(report, ticket.getHold())) {
                release(step, ticket);
            } else {
                // Who is acknowledged keeps the lease, and may not have been told yet. That it runs nothing proves
                // nothing: a router that reads behind may hand it the grant still. Told, it says the token, idle.
                waitLonger(step, ticket);
            }
        }
    }

    /** It isn't heard of any more: how long it has been acknowledged nobody here knows, but not longer than until now. */
    static void missed(CellStep step, CellHost host) {
        step.tickets().held(host.id()).forEach(ticket -> waitLonger(step, ticket));
    }

    /**
     * The time is over. Of a host that isn't missed nothing has come in that time, which isn't its silence: those who listen may
     * stand still.
     */
    static void due(CellStep step, TicketRow ticket) {
        @Nullable CellHost host = step.hosts().find(ticket.getHold().getHostId());
        boolean isHeard = host != null && host.isHeard();
        if (!isHeard || !waitLonger(step, ticket)) {
            release(step, ticket);
        }
    }

    private static boolean waitLonger(CellStep step, TicketRow ticket) {
        long ago = step.cell().clock() - ticket.getHold().getSince();
        if (ago >= step.policy().suspicionLimit().toMillis()) {
            return false;
        }
        step.tickets().remove(ticket.getTicketId());
        ticket.getHold().setUntil(until(step));
        TicketRules.add(step, ticket);
        return true;
    }

    /** It has lost all that it ran, and what it is handed of the boot before it refuses. */
    static void rebooted(CellStep step, CellHost host) {
        step.tickets().held(host.id()).forEach(ticket -> release(step, ticket));
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

    /** A host that has had a token never starts it again. */
    private static boolean hasStopped(HostReport report, Hold hold) {
        if (report.getSlots().size() <= hold.getSlot()) {
            return true;
        }
        SlotReport slot = report.getSlots().get(hold.getSlot());
        if (slot.getToken() != hold.getToken()) {
            return slot.getToken() > hold.getToken();
        }
        return switch (slot.getPhase()) {
            case IDLE, CLEANING, CLEAN_FAILED -> true;
            case UNKNOWN, STARTING, RUNNING, WAITING -> false;
        };
    }
}
