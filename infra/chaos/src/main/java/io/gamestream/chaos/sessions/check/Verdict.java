package io.gamestream.chaos.sessions.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the checks have found.
 *
 * @param counts of the gates that do not hold; absent where one holds
 * @param samples the first findings of each
 */
public record Verdict(Map<Gate, Integer> counts, List<Finding> samples) {

    private static final int SAMPLES = 5;

    public Verdict {
        counts = Map.copyOf(counts);
        samples = List.copyOf(samples);
    }

    /** All gates over all evidence. */
    public static Verdict of(Evidence evidence) {
        Findings findings = new Findings();
        SlotCheck.check(evidence, findings);
        HostCheck.check(evidence, findings);
        PlayerCheck.check(evidence, findings);
        SessionCheck.check(evidence, findings);
        ReplayCheck.check(evidence, findings);
        EndCheck.check(evidence, findings);
        Map<Gate, Integer> counts = new EnumMap<>(Gate.class);
        List<Finding> samples = new ArrayList<>();
        for (Finding finding : findings.all()) {
            if (counts.merge(finding.gate(), 1, Integer::sum) <= SAMPLES) {
                samples.add(finding);
            }
        }
        return new Verdict(counts, samples);
    }

    public boolean held() {
        return counts.isEmpty();
    }
}
