package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.ClearHalt;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostState;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.PolicySet;
import io.gamestream.schemas.sessions.Resume;
import io.gamestream.schemas.sessions.Tick;
import io.gamestream.schemas.sessions.Withdraw;
import java.time.Duration;

/**
 * Folds the records of a cell's inbox, one by one: what comes out is a function of the records so far and of nothing else
 * (docs/adr/0011).
 */
public final class CellMachine {

    private CellMachine() {}

    /**
     * Folds one record into the cell.
     *
     * @throws BadSessionRecordException for a record that breaks its contract; the cell is as it was
     */
    public static CellDecision decide(Cell cell, CellRecord record) {
        if (record.getBody() instanceof PolicySet set) {
            return policy(cell, set);
        }
        if (cell.policy() == null) {
            return undecided(cell, record.getBody());
        }
        CellStep step = CellStep.of(cell, record.getAt());
        check(record);
        apply(step, record.getBody());
        for (GpuClass gpu : GpuClass.values()) {
            if (step.awake().contains(gpu)) {
                QueueRules.serve(step, gpu);
            }
        }
        if (record.getBody() instanceof Tick) {
            TickRules.show(step);
        }
        return step.decision();
    }

    /** Before the first policy nothing can be decided; what hosts say then they say again, and nobody else does. */
    private static CellDecision undecided(Cell cell, Object body) {
        if (body instanceof Place || body instanceof Withdraw || body instanceof Resume || body instanceof HostDrain) {
            throw new BadSessionRecordException("cell " + cell.id() + " has no policy yet, and is asked for a "
                    + body.getClass().getSimpleName());
        }
        return new CellDecision();
    }

    private static void apply(CellStep step, Object body) {
        if (body instanceof Tick) {
            TickRules.tick(step);
        } else if (body instanceof Place place) {
            TicketRules.place(step, place);
        } else if (body instanceof Withdraw withdraw) {
            TicketRules.withdraw(step, withdraw);
        } else if (body instanceof Resume resume) {
            TicketRules.resume(step, resume);
        } else if (body instanceof HostReport report) {
            HostRules.report(step, report);
        } else if (body instanceof HostState state) {
            HostRules.state(step, state);
        } else if (body instanceof HostDrain drain) {
            HostRules.drain(step, drain);
        } else if (body instanceof ClearHalt) {
            clearHalt(step);
        } else {
            throw new BadSessionRecordException("body: " + body + " (expected: one that a cell knows)");
        }
    }

    private static CellDecision policy(Cell cell, PolicySet set) {
        Duration lease = LeaseRules.longest(cell);
        CellPolicy now;
        try {
            now = cell.setPolicy(set.getPolicy());
        } catch (IllegalArgumentException e) {
            throw new BadSessionRecordException("cell " + cell.id() + ": " + e.getMessage());
        }
        LeaseRules.changed(cell, now, lease);
        CellDecision decision = new CellDecision();
        decision.cellHasChanged();
        decision.policyHasChanged();
        return decision;
    }

    private static void clearHalt(CellStep step) {
        step.cell().row().setHalted("");
        step.decision().cellHasChanged();
        for (GpuClass gpu : GpuClass.values()) {
            step.awake().add(gpu);
        }
    }

    private static void check(CellRecord record) {
        if (record.getBody() instanceof Place place && place.getMembers().isEmpty()) {
            throw new BadSessionRecordException("ticket " + place.getTicketId() + " is for nobody");
        }
        if (record.getBody() instanceof HostReport report && report.getSlots().isEmpty()) {
            throw new BadSessionRecordException("host " + report.getHostId() + " has no slots (expected: 1 or more)");
        }
    }
}
