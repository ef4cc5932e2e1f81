package io.gamestream.chaos.payments.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the checks have found.
 *
 * @param counts of the invariants that do not hold; absent where one holds
 * @param samples the first findings of each
 */
public record Verdict(Map<Invariant, Integer> counts, List<Finding> samples) {

    private static final int SAMPLES = 5;

    public Verdict {
        counts = Map.copyOf(counts);
        samples = List.copyOf(samples);
    }

    /** All invariants over all evidence. */
    public static Verdict of(Evidence evidence) {
        List<Finding> all = new ArrayList<>(MoneyCheck.check(evidence));
        all.addAll(GrantCheck.check(evidence));
        all.addAll(JournalCheck.check(evidence));
        all.addAll(BorderCheck.check(evidence));
        all.addAll(ToldCheck.check(evidence));
        List<Finding> agreement = AgreementCheck.check(evidence);
        all.addAll(agreement);
        Set<String> disagreeing = new HashSet<>();
        agreement.forEach(finding -> disagreeing.add(finding.subject()));
        all.addAll(EndCheck.check(evidence, disagreeing));
        Map<Invariant, Integer> counts = new EnumMap<>(Invariant.class);
        List<Finding> samples = new ArrayList<>();
        for (Finding finding : all) {
            if (counts.merge(finding.invariant(), 1, Integer::sum) <= SAMPLES) {
                samples.add(finding);
            }
        }
        return new Verdict(counts, samples);
    }

    public boolean held() {
        return counts.isEmpty();
    }
}
