package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * One record being folded into a cell: what the rules work on.
 *
 * @param at ms since 1970, as the record says
 * @param awake GPU classes whose queue may be served now
 */
record CellStep(Cell cell, CellPolicy policy, CellDecision decision, Telling telling, long at, Set<GpuClass> awake) {

    static CellStep of(Cell cell, long at) {
        CellDecision decision = new CellDecision();
        return new CellStep(
                cell,
                Objects.requireNonNull(cell.policy(), "a cell without a policy"),
                decision,
                new Telling(cell, decision),
                at,
                EnumSet.noneOf(GpuClass.class));
    }

    HostIndex hosts() {
        return cell.hosts();
    }

    TicketIndex tickets() {
        return cell.tickets();
    }

    /** The clock, so much later. */
    long in(Duration later) {
        return cell.clock() + later.toMillis();
    }
}
