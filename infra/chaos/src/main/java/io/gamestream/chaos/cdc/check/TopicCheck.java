package io.gamestream.chaos.cdc.check;

import io.gamestream.chaos.cdc.check.Verdict.Tally;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares all records of a topic with everything that the database has committed. */
public final class TopicCheck {

    private TopicCheck() {}

    /**
     * Checks every key that was written or seen. The snapshot's LSN is read in its rows, so the table must not be empty at that
     * moment: without one of them everything before the snapshot counts as lost.
     *
     * @param committed the writes of each key, in order
     * @param observed the records of each key, in order of their offsets
     */
    public static Verdict check(Map<String, List<Committed>> committed, Map<String, List<Observed>> observed) {
        long snapshotLsn = observed.values().stream()
                .flatMap(List::stream)
                .filter(Observed::isSnapshot)
                .mapToLong(Observed::lsn)
                .max()
                .orElse(0);
        TreeSet<String> keys = new TreeSet<>(committed.keySet());
        keys.addAll(observed.keySet());
        Tally tally = new Tally(Map.of(), List.of());
        long changes = 0;
        long covered = 0;
        long repeats = 0;
        for (String key : keys) {
            KeyCheck check = new KeyCheck(key, committed.getOrDefault(key, List.of()));
            KeyCheck.Result result = check.check(observed.getOrDefault(key, List.of()), snapshotLsn);
            result.findings().forEach(tally::add);
            changes += result.streamed();
            covered += result.covered();
            repeats += result.snapshotRepeats();
        }
        return new Verdict(
                keys.size(),
                changes,
                covered,
                observed.values().stream().mapToLong(List::size).sum(),
                observed.values().stream()
                        .flatMap(List::stream)
                        .filter(Observed::isSnapshot)
                        .count(),
                repeats,
                tally.counts(),
                tally.samples());
    }
}
