package io.gamestream.chaos.cdc.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Checks what the position records promise: they never go back, never promise too much, and reach the end. */
public final class PositionCheck {

    private final List<PositionRecord> positions;
    private final List<Finding> findings = new ArrayList<>();

    private PositionCheck(List<PositionRecord> positions) {
        this.positions = positions;
    }

    /**
     * Checks all positions of one slot, in the order of the topic.
     *
     * @param rows all records of the rows' topic
     * @param lastCommit a position in the database's log that all commits are at or above; the last position has to be too
     */
    public static List<Finding> check(
            List<PositionRecord> positions, Collection<List<Observed>> rows, long lastCommit) {
        PositionCheck check = new PositionCheck(positions);
        check.neverBack();
        check.neverAhead(rows);
        check.reaches(lastCommit);
        return check.findings;
    }

    private void neverBack() {
        for (int i = 1; i < positions.size(); i++) {
            PositionRecord before = positions.get(i - 1);
            PositionRecord after = positions.get(i);
            if (after.lsn() < before.lsn()) {
                report(Fault.POSITION_BACK, after, "lsn " + after.lsn() + " after " + before.lsn());
            }
            before.offsets().forEach((partition, offset) -> {
                Long now = after.offsets().get(partition);
                if (now != null && now < offset) {
                    report(
                            Fault.POSITION_BACK,
                            after,
                            "partition " + partition + ": offset " + now + " after " + offset);
                }
            });
        }
    }

    /** A streamed row that lies after the offset which a position names must be of a commit at or after that position. */
    private void neverAhead(Collection<List<Observed>> rows) {
        Map<Integer, NavigableMap<Long, Long>> lowestFrom = lowestCommitFrom(rows);
        Map<Integer, Long> latest = new HashMap<>();
        for (PositionRecord position : positions) {
            latest.putAll(position.offsets());
            lowestFrom.forEach((partition, lowest) -> {
                long written = Objects.requireNonNullElse(latest.get(partition), -1L);
                Map.Entry<Long, Long> next = lowest.higherEntry(written);
                if (next != null && next.getValue() < position.lsn()) {
                    report(
                            Fault.POSITION_AHEAD,
                            position,
                            "lsn " + position.lsn() + " with partition " + partition + " at offset " + written
                                    + ", but a row of commit " + next.getValue() + " comes later");
                }
            });
        }
    }

    /** By partition and offset: the lowest commit LSN of the streamed rows from there on. */
    private static Map<Integer, NavigableMap<Long, Long>> lowestCommitFrom(Collection<List<Observed>> rows) {
        Map<Integer, List<Observed>> byPartition = new HashMap<>();
        rows.forEach(records -> records.stream()
                .filter(record -> !record.isSnapshot())
                .forEach(record -> byPartition
                        .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                        .add(record)));
        Map<Integer, NavigableMap<Long, Long>> lowest = new HashMap<>();
        byPartition.forEach((partition, records) -> {
            records.sort(Comparator.comparingLong(Observed::offset).reversed());
            NavigableMap<Long, Long> from = new TreeMap<>();
            long least = Long.MAX_VALUE;
            for (Observed record : records) {
                least = Math.min(least, record.commitLsn());
                from.put(record.offset(), least);
            }
            lowest.put(partition, from);
        });
        return lowest;
    }

    private void reaches(long lastCommit) {
        long last =
                positions.isEmpty() ? -1 : positions.get(positions.size() - 1).lsn();
        if (last < lastCommit) {
            findings.add(
                    new Finding(Fault.POSITION_BEHIND, "last position", last + " (expected: >= " + lastCommit + ")"));
        }
    }

    private void report(Fault fault, PositionRecord position, String detail) {
        findings.add(new Finding(fault, "position at offset " + position.at(), detail));
    }
}
