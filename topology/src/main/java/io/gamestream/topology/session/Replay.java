package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Folds a cell's inbox again, from its first record or from a checkpoint. From a point in time on, decisions are hashed and
 * counted, and the slot events are kept beside those that were committed.
 */
public final class Replay {

    private final Cell cell;
    private final long from;
    private final DecisionHash hash = new DecisionHash();
    private final PlacementStats stats = new PlacementStats();
    private final Map<String, SlotEvent> decided = new HashMap<>();
    private final Map<String, Long> decidedBefore = new HashMap<>();
    private final long forgottenBefore;
    private final Map<String, Long> committedUpTo = new HashMap<>();
    private long records;
    private long refused;
    private long compared;

    /**
     * A replay of nothing yet.
     *
     * @param start the cell as it was before the first record that will be added; it is the replay's from now on
     * @param from ms since 1970; what records decide that were written before isn't counted
     */
    public Replay(Cell start, long from) {
        this.cell = start;
        this.from = from;
        this.forgottenBefore = start.row().getVersionFloor();
        for (HostRow host : start.hostRows()) {
            for (int i = 0; i < host.getSlots().size(); i++) {
                SlotRow slot = host.getSlots().get(i);
                decidedBefore.put(slot(host.getHostId(), i), slot.getVersion());
            }
        }
    }

    /**
     * The next record of the log.
     *
     * @param timestamp of the record, ms since 1970
     */
    public void add(CellRecord record, long timestamp) {
        try {
            CellDecision decision = CellMachine.decide(cell, record);
            if (timestamp >= from) {
                records++;
                hash.add(decision);
                stats.add(record, decision);
                decision.slotEvents().forEach(event -> decided.put(id(event), event));
            }
        } catch (BadSessionRecordException e) {
            // A dead letter then, and now.
            refused++;
        }
    }

    /** How a committed slot event differs from the one that was decided again; empty where it doesn't. */
    public Optional<String> difference(SlotEvent committed) {
        if (committed.getVersion() <= decidedBefore.getOrDefault(slot(committed), forgottenBefore)) {
            return Optional.empty();
        }
        compared++;
        committedUpTo.merge(slot(committed), committed.getVersion(), Math::max);
        SlotEvent again = decided.remove(id(committed));
        if (committed.equals(again)) {
            return Optional.empty();
        }
        return Optional.of(id(committed) + ": committed " + committed + ", decided again " + again);
    }

    /**
     * Slot events that were decided and have not been met among the committed ones. Those after the last committed one of their
     * slot aren't counted: a log that grows while it is read has them.
     */
    public long unmet() {
        return decided.values().stream()
                .filter(event -> event.getVersion() <= committedUpTo.getOrDefault(slot(event), 0L))
                .count();
    }

    public long records() {
        return records;
    }

    public long refused() {
        return refused;
    }

    /** Committed slot events that were decided here. */
    public long compared() {
        return compared;
    }

    /** Of all decisions that count. */
    public String hash() {
        return hash.value();
    }

    /** Of the cell as it is now. */
    String cellHash() {
        return CellHash.of(cell);
    }

    public PlacementStats.Summary summary() {
        return stats.summary();
    }

    private static String id(SlotEvent event) {
        return slot(event) + " version " + event.getVersion();
    }

    private static String slot(SlotEvent event) {
        return slot(event.getHostId(), event.getSlot());
    }

    private static String slot(String hostId, int number) {
        return hostId + "#" + number;
    }
}
