package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.payments.check.Verdict;
import io.gamestream.chaos.payments.plant.Bug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param bug that was planted; null for a real run
 * @param numbers what happened, by name
 * @param complaints why the run means nothing, if it does not
 * @param exits services that ended unasked, with their last words
 */
public record Outcome(
        long seed,
        @Nullable Bug bug,
        Verdict verdict,
        Map<String, Long> numbers,
        List<String> complaints,
        List<String> exits,
        Duration took) {

    public Outcome {
        complaints = List.copyOf(complaints);
        exits = List.copyOf(exits);
    }

    /** Of a real run that everything held; of one with a bug that the invariant which it breaks was found broken. */
    public boolean good() {
        return bug == null
                ? verdict.held() && complaints.isEmpty()
                : verdict.counts().containsKey(bug.breaks());
    }
}
