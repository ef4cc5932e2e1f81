package io.gamestream.chaos.cdc.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a check has found.
 *
 * @param keys that were ever written
 * @param changes committed writes that had to come one by one
 * @param coveredBySnapshot committed writes that the initial snapshot stands for
 * @param records of the topic, as a {@code read_committed} reader sees it
 * @param snapshotRecords those with op {@code r}
 * @param snapshotRepeats snapshot records after the first one of their key
 * @param counts of each fault; absent where there was none
 * @param samples the first of each fault
 */
public record Verdict(
        int keys,
        long changes,
        long coveredBySnapshot,
        long records,
        long snapshotRecords,
        long snapshotRepeats,
        Map<Fault, Long> counts,
        List<Finding> samples) {

    private static final int SAMPLES_PER_FAULT = 5;

    public boolean held() {
        return counts.isEmpty();
    }

    public long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    /** The same with more findings. */
    public Verdict with(List<Finding> more) {
        Tally tally = new Tally(counts, samples);
        more.forEach(tally::add);
        return new Verdict(
                keys,
                changes,
                coveredBySnapshot,
                records,
                snapshotRecords,
                snapshotRepeats,
                tally.counts,
                tally.samples);
    }

    /** Counts all, keeps some. */
    static final class Tally {

        private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        private final List<Finding> samples = new ArrayList<>();

        Tally(Map<Fault, Long> counts, List<Finding> samples) {
            this.counts.putAll(counts);
            this.samples.addAll(samples);
        }

        void add(Finding finding) {
            long count = counts.merge(finding.fault(), 1L, Long::sum);
            if (count <= SAMPLES_PER_FAULT) {
                samples.add(finding);
            }
        }

        Map<Fault, Long> counts() {
            return counts;
        }

        List<Finding> samples() {
            return samples;
        }
    }
}
