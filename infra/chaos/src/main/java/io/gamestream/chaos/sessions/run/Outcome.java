package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.sessions.check.Outage;
import io.gamestream.chaos.sessions.check.Verdict;
import io.gamestream.chaos.sessions.plant.Bug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param bug that was planted; null for a real run
 * @param numbers what happened, by name
 * @param outages after each kill and its like
 * @param complaints why the run means nothing, if it does not
 * @param exits services that ended unasked, with their last words
 */
public record Outcome(
        long seed,
        @Nullable Bug bug,
        Verdict verdict,
        Map<String, Long> numbers,
        List<Outage> outages,
        List<String> complaints,
        List<String> exits,
        Duration took) {

    public Outcome {
        outages = List.copyOf(outages);
        complaints = List.copyOf(complaints);
        exits = List.copyOf(exits);
    }

    /** Of a real run that everything held; of one with a bug that the gate which it breaks was found broken. */
    public boolean good() {
        return bug == null
                ? verdict.held() && complaints.isEmpty()
                : verdict.counts().containsKey(bug.breaks());
    }
}
