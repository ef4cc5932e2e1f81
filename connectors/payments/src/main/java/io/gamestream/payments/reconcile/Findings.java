package io.gamestream.payments.reconcile;

import java.util.List;
import java.util.Set;

/**
 * What a comparison has found.
 *
 * @param judged objects that were compared, those without a difference too
 * @param matched how many of them have none
 */
record Findings(
        List<Difference> differences, Set<String> judged, long matched, long moves, long postings, long orders) {

    Findings {
        differences = List.copyOf(differences);
        judged = Set.copyOf(judged);
    }
}
