package io.gamestream.chaos.cdc.workload;

import io.gamestream.chaos.cdc.check.Committed;
import io.gamestream.chaos.cdc.script.Change;
import io.gamestream.chaos.cdc.script.Step;
import io.gamestream.chaos.cdc.script.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What one connection has committed; written by its thread alone, except for the counters. */
final class History {

    private final Map<String, List<Committed>> byKey = new HashMap<>();
    private final Set<Class<? extends Step>> kinds = new HashSet<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong rolledBack = new AtomicLong();
    private long lastFloor;

    /**
     * Writes a transaction down.
     *
     * @param walFloor a position in the database's log shortly before the commit
     * @param token one after it, or 0
     */
    void committed(Transaction transaction, long walFloor, long token) {
        List<Change> all = transaction.changes();
        all.forEach(change -> byKey.computeIfAbsent(change.key(), key -> new ArrayList<>(4))
                .add(new Committed(change.seq(), change.hash(), walFloor, token)));
        transaction.steps().forEach(step -> kinds.add(step.getClass()));
        changes.addAndGet(all.size());
        lastFloor = walFloor;
    }

    void rolledBack() {
        rolledBack.incrementAndGet();
    }

    Map<String, List<Committed>> byKey() {
        return byKey;
    }

    Set<Class<? extends Step>> kinds() {
        return kinds;
    }

    long changes() {
        return changes.get();
    }

    long rollbacks() {
        return rolledBack.get();
    }

    long lastFloor() {
        return lastFloor;
    }
}
