package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.check.Verdict;
import io.gamestream.chaos.cdc.plan.Act;
import io.gamestream.chaos.cdc.plan.Done;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param evidence of each key among the samples: what was committed and what came out
 * @param complaints why the run means nothing, if it does not
 * @param exits instances that ended unasked, with their last words
 * @param aborted records of Kafka transactions that were cut short, which no reader saw
 * @param earlyByFloor writes that a reader would have missed who waited for a position from before their COMMIT
 * @param rollbacks transactions that the workload rolled back
 */
public record Outcome(
        long seed,
        Verdict verdict,
        Map<String, List<String>> evidence,
        List<Done> done,
        List<String> complaints,
        List<String> exits,
        long aborted,
        long earlyByFloor,
        long rollbacks,
        Duration took) {

    public Outcome {
        evidence = Map.copyOf(evidence);
        done = List.copyOf(done);
        complaints = List.copyOf(complaints);
        exits = List.copyOf(exits);
    }

    public boolean held() {
        return verdict.held() && complaints.isEmpty();
    }

    public long kills() {
        return done.stream().filter(one -> one.planned().act().kills()).count();
    }

    public long count(Act act) {
        return done.stream().filter(one -> one.planned().act() == act).count();
    }
}
