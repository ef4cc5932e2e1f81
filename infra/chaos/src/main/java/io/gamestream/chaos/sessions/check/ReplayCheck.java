package io.gamestream.chaos.sessions.check;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.topology.session.BadSessionRecordException;
import io.gamestream.topology.session.Cell;
import io.gamestream.topology.session.CellDecision;
import io.gamestream.topology.session.CellMachine;
import io.gamestream.topology.session.DecisionHash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * D6, D7, D9: folds a cell's inbox again, beside what was committed. What waits and what is free is counted by this class's own
 * rules; as soon as the log says something else than was committed, that cell is not followed any further. Pure.
 */
final class ReplayCheck {

    private final Evidence evidence;
    private final Findings findings;
    private final String cellId;
    private final Cell cell;
    private final DecisionHash hash = new DecisionHash();
    private final FreeSlots freeSlots;
    private final Map<String, SlotEvent> events = new HashMap<>();
    private final Map<String, Deque<Assignment>> told = new HashMap<>();
    private final Set<String> drained = new HashSet<>();
    private boolean apart;

    private ReplayCheck(Evidence evidence, Findings findings, String cellId) {
        this.evidence = evidence;
        this.findings = findings;
        this.cellId = cellId;
        this.cell = empty(evidence, cellId);
        this.freeSlots = new FreeSlots(cell, findings);
        evidence.slotEvents.values().forEach(all -> all.stream()
                .filter(event -> event.getCellId().equals(cellId))
                .forEach(event -> events.put(Evidence.id(event), event)));
        evidence.assignments.values().forEach(all -> all.stream()
                .filter(one -> one.getCellId().equals(cellId) && !isOfTheGate(one))
                .forEach(one -> told.computeIfAbsent(one.getSessionId(), id -> new ArrayDeque<>())
                        .add(one)));
    }

    static void check(Evidence evidence, Findings findings) {
        evidence.inbox.forEach((cellId, inbox) -> new ReplayCheck(evidence, findings, cellId).all(inbox));
    }

    private void all(List<Evidence.Logged> inbox) {
        for (Evidence.Logged logged : inbox) {
            if (logged.record().getBody() instanceof HostDrain drain) {
                if (drain.getDraining()) {
                    drained.add(drain.getHostId());
                } else {
                    drained.remove(drain.getHostId());
                }
            }
            @Nullable CellDecision decision = fold(cell, logged, hash);
            if (decision != null && !apart) {
                decision.slotEvents().forEach(this::event);
                decision.assignments().forEach(this::assignment);
                freeSlots.look();
            }
        }
        if (!apart) {
            events.values().stream()
                    .limit(1)
                    .forEach(event -> findings.add(
                            Gate.D9, Evidence.id(event), "was committed, and the log doesn't lead to it: " + event));
            told.values().stream()
                    .filter(left -> !left.isEmpty())
                    .limit(1)
                    .forEach(left -> findings.add(
                            Gate.D9, cellId, "was committed, and the log doesn't lead to it: " + left.peek()));
        }
        DecisionHash again = new DecisionHash();
        Cell other = empty(evidence, cellId);
        inbox.forEach(logged -> fold(other, logged, again));
        if (!again.value().equals(hash.value())) {
            findings.add(Gate.D9, cellId, "two replays of its inbox decide differently");
        }
    }

    private static @Nullable CellDecision fold(Cell cell, Evidence.Logged logged, DecisionHash hash) {
        try {
            CellDecision decision = CellMachine.decide(cell, logged.record());
            hash.add(decision);
            return decision;
        } catch (BadSessionRecordException e) {
            // A dead letter then, and now.
            return null;
        }
    }

    private void event(SlotEvent decided) {
        @Nullable SlotEvent committed = events.remove(Evidence.id(decided));
        if (decided.getTo() == SlotState.RESERVED && drained.contains(decided.getHostId())) {
            findings.add(Gate.D6, Evidence.id(decided), "is granted after the host's drain in the log");
        }
        if (!decided.equals(committed)) {
            differs(Evidence.id(decided), decided, committed);
        }
    }

    private void assignment(Assignment decided) {
        Deque<Assignment> line = told.getOrDefault(decided.getSessionId(), new ArrayDeque<>());
        @Nullable Assignment committed = line.poll();
        if (decided.equals(committed)) {
            return;
        }
        boolean sentAway = committed != null
                && committed.getAttempt() == decided.getAttempt()
                && (committed.getStatus() == SessionStatus.QUEUED
                        || committed.getStatus() == SessionStatus.HANDED_BACK);
        if (decided.getStatus() == SessionStatus.GRANTED && sentAway) {
            findings.add(
                    Gate.D7,
                    decided.getSessionId(),
                    "was " + committed.getStatus() + " in " + cellId + ", and " + decided.getHostId() + "#"
                            + decided.getSlot() + " was free");
        }
        differs(decided.getSessionId(), decided, committed);
    }

    /** Of a session that was cancelled while no cell had it. */
    private static boolean isOfTheGate(Assignment told) {
        return told.getStatus() == SessionStatus.ENDED && "CANCELLED".equals(told.getReason());
    }

    private void differs(String subject, Object decided, @Nullable Object committed) {
        if (!apart) {
            findings.add(Gate.D9, subject, "committed was " + committed + ", the log leads to " + decided);
        }
        apart = true;
    }

    private static Cell empty(Evidence evidence, String cellId) {
        return Cell.empty(cellId, evidence.regions.getOrDefault(cellId, ""));
    }
}
