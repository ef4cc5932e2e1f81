package io.gamestream.chaos.cdc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the records of one key with the writes that the database has committed for it.
 *
 * <p>The initial snapshot stands for everything before it: a key's history begins with its snapshot record, or, where the
 * key had no row at that moment, with the first write after it. A snapshot that was killed starts again, repeats records of
 * rows (those are counted, not faults), and has to write tombstones for keys that have lost their row in between.
 */
final class KeyCheck {

    private final String key;
    private final List<Committed> expected;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Integer> bySeq = new HashMap<>();
    private final boolean[] seen;

    /** Everything before it is covered by the snapshot. */
    private int covered;

    private int reached = -1;
    private boolean streamed;
    private int snapshotRecords;

    /** The last snapshot found the key without a row. */
    private boolean sweptAway;

    private @Nullable Observed previous;

    KeyCheck(String key, List<Committed> expected) {
        this.key = key;
        this.expected = expected;
        this.seen = new boolean[expected.size()];
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).isDeletion()) {
                bySeq.put(expected.get(i).seq(), i);
            }
        }
    }

    /**
     * What came out.
     *
     * @param covered writes that the snapshot stands for
     * @param streamed writes that had to come one by one
     * @param snapshotRepeats snapshot records after the first one of the key
     */
    record Result(List<Finding> findings, int covered, int streamed, int snapshotRepeats) {}

    /** @param snapshotLsn where the database's log was when the last snapshot was taken */
    Result check(List<Observed> records, long snapshotLsn) {
        for (Observed record : records) {
            if (record.isTombstone()) {
                tombstone(record);
            } else {
                row(record);
            }
            risingLsn(record);
            previous = record;
        }
        if (snapshotRecords == 0 || sweptAway) {
            int before = covered;
            covered = coveredWithoutRow(snapshotLsn);
            if (sweptAway && covered == before) {
                findings.add(
                        new Finding(Fault.NEVER_COMMITTED, key, "the snapshot's tombstone of a key that had a row"));
            }
        }
        lost();
        finalState(records);
        int repeats = Math.max(0, snapshotRecords - 1);
        return new Result(findings, covered, expected.size() - covered, repeats);
    }

    private void tombstone(Observed record) {
        if (previous != null && previous.isTombstone()) {
            report(Fault.DUPLICATED, "a tombstone too many", record);
            return;
        }
        operation(record, "d");
        if (record.belongsToSnapshot() && !streamed) {
            sweptAway = true;
            return;
        }
        streamed = true;
        int index = nextDeletion();
        if (index < 0) {
            report(Fault.DUPLICATED, "a tombstone too many", record);
            return;
        }
        accept(index);
    }

    private void row(Observed record) {
        @Nullable Integer index = bySeq.get(record.seq());
        if (index == null) {
            report(Fault.NEVER_COMMITTED, "seq " + record.seq(), record);
            return;
        }
        if (expected.get(index).hash() != record.hash()) {
            report(Fault.WRONG_VALUE, "seq " + record.seq(), record);
        }
        if (record.isSnapshot()) {
            snapshotRow(record, index);
        } else {
            streamedRow(record, index);
        }
    }

    private void snapshotRow(Observed record, int index) {
        if (streamed) {
            report(Fault.DUPLICATED, "a snapshot record after streamed ones, seq " + record.seq(), record);
            return;
        }
        snapshotRecords++;
        sweptAway = false;
        if (index < reached) {
            report(Fault.REORDERED, "a snapshot record older than the one before, seq " + record.seq(), record);
        }
        covered = Math.max(covered, index + 1);
        accept(index);
    }

    private void streamedRow(Observed record, int index) {
        streamed = true;
        if (index <= reached) {
            Fault fault = deletedBetween(index, reached)
                    ? Fault.RESURRECTED
                    : seen[index] || index < covered ? Fault.DUPLICATED : Fault.REORDERED;
            report(fault, "seq " + record.seq() + " after " + describe(reached), record);
            seen[index] = true;
            return;
        }
        operation(record, index == 0 || expected.get(index - 1).isDeletion() ? "c" : "u");
        accept(index);
    }

    private void accept(int index) {
        seen[index] = true;
        reached = Math.max(reached, index);
    }

    private void operation(Observed record, String op) {
        if (!record.op().equals(op)) {
            report(Fault.WRONG_OPERATION, record.op() + " (expected: " + op + ")", record);
        }
    }

    /**
     * Readers tell a replayed record by it. A snapshot's LSN is where the log goes on after what it shows: a repeated snapshot
     * may be taken there again, and the first change after it may be written there.
     */
    private void risingLsn(Observed record) {
        if (previous == null) {
            return;
        }
        long least = previous.belongsToSnapshot() ? previous.lsn() : previous.lsn() + 1;
        if (record.lsn() < least) {
            report(
                    Fault.LSN_NOT_RISING,
                    record.lsn() + " after " + previous.lsn() + " (op " + previous.op() + ")",
                    record);
        }
    }

    /** The key had no row when the snapshot was taken: its history up to some deletion came before. */
    private int coveredWithoutRow(long snapshotLsn) {
        int first = covered;
        while (first < seen.length && !seen[first]) {
            first++;
        }
        while (first > covered
                && !(expected.get(first - 1).isDeletion()
                        && expected.get(first - 1).walFloor() <= snapshotLsn)) {
            first--;
        }
        return first;
    }

    private void lost() {
        for (int i = covered; i < seen.length; i++) {
            if (!seen[i]) {
                findings.add(new Finding(Fault.LOST, key, describe(i)));
            }
        }
    }

    private void finalState(List<Observed> records) {
        @Nullable Observed last = records.isEmpty() ? null : records.get(records.size() - 1);
        boolean inTopic = last != null && !last.isTombstone();
        boolean inTable =
                !expected.isEmpty() && !expected.get(expected.size() - 1).isDeletion();
        if (last != null && inTopic && !inTable) {
            report(Fault.RESURRECTED, "ends with seq " + last.seq() + ", but is deleted", last);
        }
        boolean same = inTopic == inTable
                && (!inTable
                        || last == null
                        || last.hash() == expected.get(expected.size() - 1).hash());
        if (!same) {
            findings.add(new Finding(
                    Fault.FINAL_STATE,
                    key,
                    (inTopic && last != null ? "seq " + last.seq() : "no row") + " (expected: "
                            + (inTable ? describe(expected.size() - 1) : "no row") + ")"));
        }
    }

    private int nextDeletion() {
        for (int i = reached + 1; i < expected.size(); i++) {
            if (expected.get(i).isDeletion()) {
                return i;
            }
        }
        return -1;
    }

    private boolean deletedBetween(int from, int to) {
        for (int i = from + 1; i <= to; i++) {
            if (expected.get(i).isDeletion() && seen[i]) {
                return true;
            }
        }
        return false;
    }

    private String describe(int index) {
        Committed one = expected.get(index);
        return "write " + (index + 1) + " of " + expected.size()
                + (one.isDeletion() ? " (deletion)" : " (seq " + one.seq() + ")")
                + " committed after " + one.walFloor();
    }

    private void report(Fault fault, String what, Observed record) {
        findings.add(new Finding(
                fault,
                key,
                what + ", op " + record.op() + ", partition " + record.partition() + " offset " + record.offset()
                        + ", lsn " + record.lsn() + ", commit-lsn " + record.commitLsn()));
    }
}
