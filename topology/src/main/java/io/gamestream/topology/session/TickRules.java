package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Time goes on: deadlines pass, players hear of their position, the books are checked. Pure. */
final class TickRules {

    private TickRules() {}

    static void tick(CellStep step) {
        CellRow row = step.cell().row();
        advance(step, row);
        expire(step);
        step.decision().cellHasChanged();
    }

    /** After the queue was served: what there is to see. */
    static void show(CellStep step) {
        for (GpuClass gpu : GpuClass.values()) {
            tellPositions(step, gpu);
        }
        @Nullable String violation = Conservation.violation(step.cell());
        if (violation != null && !step.cell().isHalted()) {
            step.cell().row().setHalted(violation);
            step.decision().violation(violation);
        }
        step.decision().capacity(CapacityRules.capacity(step.cell(), step.at()));
    }

    /**
     * The first tick sets the clock; the others move it on, by what the policy allows at most, and never back. After one whose
     * time was wrong the next ones count from each other: were they measured by the latest time that was ever told, a tick of an
     * instance whose clock is an hour ahead would stop all deadlines for an hour.
     */
    private static void advance(CellStep step, CellRow row) {
        long since = row.getLastTickAt() == 0 ? 0 : step.at() - row.getLastTickAt();
        row.setClockMs(row.getClockMs()
                + Math.max(0, Math.min(since, step.policy().longestTick().toMillis())));
        row.setLastTickAt(step.at());
        EtaRules.roll(row);
    }

    private static void expire(CellStep step) {
        for (Deadline due = step.cell().due(); due != null; due = step.cell().due()) {
            fire(step, due);
            if (step.cell().has(due)) {
                throw new IllegalStateException(
                        "deadline " + due + " of cell " + step.cell().id() + " has fired and still stands");
            }
        }
    }

    private static void fire(CellStep step, Deadline due) {
        switch (due.kind()) {
            case SLOT -> SlotRules.signal(step, host(step, due), due.slot(), SlotSignal.DEADLINE);
            case HOST -> HostRules.silent(step, host(step, due));
            case EVICT -> HostRules.evict(step, host(step, due));
            case PATIENCE ->
                TicketRules.handBack(
                        step, Objects.requireNonNull(step.tickets().find(due.name())), "WAITED_LONG_ENOUGH");
            case HOLD ->
                HoldRules.due(step, Objects.requireNonNull(step.tickets().find(due.name())));
            case FORGET -> {
                step.tickets().remove(due.name());
                step.decision().removed(due.name());
            }
        }
        // Room, or the end of an overtaking.
        for (GpuClass gpu : GpuClass.values()) {
            step.awake().add(gpu);
        }
    }

    private static CellHost host(CellStep step, Deadline due) {
        return Objects.requireNonNull(step.hosts().find(due.name()));
    }

    /** From the front, those whose position has changed since they were told or who get their first ETA, and not all at once. */
    private static void tellPositions(CellStep step, GpuClass gpu) {
        long every = step.policy().tellEvery().toMillis();
        List<TicketRow> stale = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        tellable(step, step.tickets().home(gpu), every, stale, positions);
        tellable(step, step.tickets().away(gpu), every, stale, positions);
        for (int i = 0; i < stale.size(); i++) {
            TicketRules.tell(step, stale.get(i), positions.get(i), null);
        }
    }

    private static void tellable(
            CellStep step, RankedQueue<TicketRow> line, long every, List<TicketRow> stale, List<Long> positions) {
        for (TicketRow ticket : line) {
            if (stale.size() >= step.policy().tellPerTick()) {
                return;
            }
            if (step.cell().clock() - ticket.getToldAt() >= every) {
                long position = step.tickets().position(ticket);
                boolean news = position != ticket.getToldPosition()
                        || (ticket.getFirstEtaMs() < 0
                                && EtaRules.etaMs(step.cell().row(), ticket.getGpuClass(), position) >= 0);
                if (news) {
                    stale.add(ticket);
                    positions.add(position);
                }
            }
        }
    }
}
