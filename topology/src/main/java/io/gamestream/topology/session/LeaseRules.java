package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.CellRow;
import java.time.Duration;

/**
 * How long a host may run what no router has acknowledged. Routers tell hosts the lease of the policy, as the cell's capacity
 * says it. A longer one counts for the cell before any router can have read of it. Of a shorter one routers hear within the former
 * lease, and who was told the former one just before has it for its length: for twice the former lease and a margin the cell
 * relies on the former one. Pure, on the cell's row.
 */
final class LeaseRules {

    private LeaseRules() {}

    /** The longest lease that a host of the cell may have now; zero before there is a policy. */
    static Duration longest(Cell cell) {
        CellPolicy policy = cell.policy();
        if (policy == null) {
            return Duration.ZERO;
        }
        CellRow row = cell.row();
        long former = cell.clock() < row.getFormerLeaseUntil() ? row.getFormerLeaseMs() : 0;
        return Duration.ofMillis(Math.max(policy.lease().toMillis(), former));
    }

    /** After which a host that isn't heard of has stopped by itself, even if it is only cut off. */
    static Duration selfStop(CellStep step) {
        return longest(step.cell()).plus(step.policy().leaseMargin());
    }

    /**
     * The cell has another policy from now on.
     *
     * @param before the longest lease under the one before
     */
    static void changed(Cell cell, CellPolicy now, Duration before) {
        if (now.lease().compareTo(before) < 0) {
            Duration known = before.multipliedBy(2).plus(now.leaseMargin());
            cell.row().setFormerLeaseMs(before.toMillis());
            cell.row().setFormerLeaseUntil(cell.clock() + known.toMillis());
        }
    }
}
