package io.gamestream.chaos.cdc.check;

import io.gamestream.chaos.cdc.script.Change;
import io.gamestream.chaos.cdc.script.Script;
import io.gamestream.chaos.cdc.script.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A history, and the topic that a capture without faults makes of it; tests plant their faults in that. */
final class Perfect {

    final Map<String, List<Committed>> committed = new HashMap<>();
    final Map<String, List<Observed>> topic = new HashMap<>();
    final List<PositionRecord> positions = new ArrayList<>();
    private final long[] ends = new long[2];
    private long lsn = 1_000;

    static Perfect of(long seed, int before, int snapshots, int after) {
        return of(seed, before, snapshots, 0, after);
    }

    /**
     * Transactions and the topic of them.
     *
     * @param before transactions before the first snapshot
     * @param snapshots how often it is started; all of its rows are written each time
     * @param between transactions between two of them
     */
    static Perfect of(long seed, int before, int snapshots, int between, int after) {
        Perfect perfect = new Perfect();
        Script script = new Script(seed, 0, new Script.Sizes(200, 10, 40));
        perfect.commit(script.preload(90), false);
        for (int i = 0; i < before; i++) {
            perfect.commit(script.next(), false);
        }
        for (int i = 0; i < snapshots; i++) {
            while (perfect.isEmpty()) {
                perfect.commit(script.next(), false);
            }
            perfect.snapshot();
            for (int j = 0; i < snapshots - 1 && j < between; j++) {
                perfect.commit(script.next(), false);
            }
        }
        for (int i = 0; i < after; i++) {
            perfect.commit(script.next(), true);
        }
        return perfect;
    }

    long end() {
        return lsn;
    }

    private void commit(Transaction transaction, boolean captured) {
        List<Change> changes = transaction.changes();
        long floor = lsn + changes.size();
        long commit = floor + 1;
        for (Change change : changes) {
            lsn++;
            List<Committed> writes = committed.computeIfAbsent(change.key(), key -> new ArrayList<>());
            boolean existed =
                    !writes.isEmpty() && !writes.get(writes.size() - 1).isDeletion();
            Committed write = new Committed(change.seq(), change.hash(), floor, commit + 1);
            writes.add(write);
            if (captured) {
                write(change.key(), write.isDeletion() ? "d" : existed ? "u" : "c", write, lsn, commit);
            }
        }
        lsn = commit + 1;
        if (captured) {
            position();
        }
    }

    private void snapshot() {
        lsn++;
        committed.forEach((key, writes) -> {
            Committed last = writes.get(writes.size() - 1);
            if (!last.isDeletion()) {
                write(key, "r", last, lsn, lsn);
            } else if (isLiveInTopic(key)) {
                write(key, "d", last, lsn, lsn);
            }
        });
        position();
    }

    /** The check reads the snapshot's LSN in its rows: a table that was just emptied would not tell it. */
    private boolean isEmpty() {
        return committed.values().stream()
                .allMatch(writes -> writes.get(writes.size() - 1).isDeletion());
    }

    private boolean isLiveInTopic(String key) {
        List<Observed> records = topic.getOrDefault(key, List.of());
        return !records.isEmpty() && !records.get(records.size() - 1).isTombstone();
    }

    private void write(String key, String op, Committed write, long at, long commit) {
        int partition = Math.floorMod(key.hashCode(), ends.length);
        topic.computeIfAbsent(key, k -> new ArrayList<>())
                .add(new Observed(partition, ends[partition]++, op, write.seq(), write.hash(), at, commit));
    }

    private void position() {
        Map<Integer, Long> offsets = new HashMap<>();
        for (int partition = 0; partition < ends.length; partition++) {
            offsets.put(partition, ends[partition]++ - 1);
        }
        positions.add(new PositionRecord(positions.size(), lsn, offsets));
    }
}
