package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Who gets the free slots of a class: the first of the line that fits. A party that doesn't fit is overtaken for a while; then
 * the line waits for it, unless it could never fit. Pure.
 */
final class QueueRules {

    private QueueRules() {}

    static void serve(CellStep step, GpuClass gpu) {
        if (step.cell().isHalted()) {
            return;
        }
        @Nullable TicketRow next = next(step, gpu);
        while (next != null) {
            grant(step, next);
            next = next(step, gpu);
        }
    }

    /** Slots that a ticket may take. */
    static int allowed(Cell cell, GpuClass gpu, boolean home) {
        return cell.hosts().count(gpu).free() - (home ? 0 : cell.reserve(gpu));
    }

    private static @Nullable TicketRow next(CellStep step, GpuClass gpu) {
        Cell cell = step.cell();
        Iterator<TicketRow> home = cell.tickets().home(gpu).iterator();
        Iterator<TicketRow> away = cell.tickets().away(gpu).iterator();
        @Nullable TicketRow firstHome = allowed(cell, gpu, true) > 0 ? nextOf(home) : null;
        @Nullable TicketRow firstAway = allowed(cell, gpu, false) > 0 ? nextOf(away) : null;
        while (firstHome != null || firstAway != null) {
            boolean isHome =
                    firstAway == null || (firstHome != null && TicketIndex.ORDER.compare(firstHome, firstAway) < 0);
            TicketRow first = isHome ? firstHome : firstAway;
            if (first == null) {
                return null;
            }
            if (first.getSessions().size() <= allowed(cell, gpu, isHome)) {
                return first;
            }
            if (isWaitedFor(step, first, isHome)) {
                return null;
            }
            if (isHome) {
                firstHome = nextOf(home);
            } else {
                firstAway = nextOf(away);
            }
        }
        return null;
    }

    /** It has been overtaken for long enough, and it can be helped by waiting. */
    private static boolean isWaitedFor(CellStep step, TicketRow ticket, boolean home) {
        GpuClass gpu = ticket.getGpuClass();
        int most = step.hosts().count(gpu).usable() - (home ? 0 : step.cell().reserve(gpu));
        return ticket.getSessions().size() <= most
                && step.cell().clock() - ticket.getQueuedAt()
                        > step.policy().partyPatience().toMillis();
    }

    private static void grant(CellStep step, TicketRow ticket) {
        if (EtaRules.kept(step.cell().row(), ticket, step.at())) {
            step.decision().cellHasChanged();
        }
        TicketRules.close(step, ticket.getTicketId(), ticket.getAttempt());
        for (SessionRow session : ticket.getSessions()) {
            SlotRules.grant(step, ticket.getGpuClass(), session);
        }
    }

    private static @Nullable TicketRow nextOf(Iterator<TicketRow> tickets) {
        return tickets.hasNext() ? tickets.next() : null;
    }
}
