package io.gamestream.chaos.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.cdc.check.Fault;
import io.gamestream.chaos.cdc.check.Verdict;
import io.gamestream.chaos.cdc.run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void saysWhatHeld() {
        assertThat(Report.lastLine(outcome(Map.of(), List.of())))
                .isEqualTo("held: 0 lost, 0 duplicated, 0 reordered in 412,345 changes of 20,000 keys over 0 kills,"
                        + " 7 snapshot records repeated (seed 7, 90 s)");
    }

    @Test
    void namesEveryFaultThatThereWas() {
        assertThat(Report.lastLine(outcome(Map.of(Fault.LOST, 3L, Fault.WRONG_VALUE, 1L), List.of())))
                .startsWith("broken: 3 lost, 0 duplicated, 0 reordered, 1 wrong value in");
    }

    @Test
    void doesNotCallARunGoodThatTriedNothing() {
        Outcome outcome = outcome(Map.of(), List.of("never happened: anything"));
        assertThat(Report.lastLine(outcome)).startsWith("void: ");
        assertThat(outcome.held()).isFalse();
    }

    private static Outcome outcome(Map<Fault, Long> counts, List<String> complaints) {
        Verdict verdict = new Verdict(20_000, 412_345, 10, 400_000, 9, 7, counts, List.of());
        return new Outcome(7, verdict, Map.of(), List.of(), complaints, List.of(), 5, 0, 6, Duration.ofSeconds(90));
    }
}
