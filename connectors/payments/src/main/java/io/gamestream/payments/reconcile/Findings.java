package io.gamestream.payments.reconcile;

import java.util.List;
import java.util.Set;

/**
 * What a comparison has found.
 *
 * @param judged objects that were compared, those without a difference too
 */
record Findings(List<Difference> differences, Set<String> judged, long moves, long postings, long orders) {

    Findings {
        differences = List.copyOf(differences);
        judged = Set.copyOf(judged);
    }

    /** Objects without a difference. */
    long matched() {
        return judged.size()
                - differences.stream()
                        .map(Difference::object)
                        .filter(judged::contains)
                        .distinct()
                        .count();
    }
}
