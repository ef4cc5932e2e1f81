package io.gamestream.chaos.sessions.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.sessions.run.Gaps.Disturbance;
import io.gamestream.chaos.sessions.run.Gaps.Excuse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GapsTest {

    private static final Disturbance KILL = new Disturbance("a kill", 10_000, Duration.ofSeconds(10));

    private static long gap(Map<String, List<Long>> grants, Excuse... excuses) {
        return Gaps.outage(KILL, grants, List.of(excuses), 60_000).gap().toMillis();
    }

    @Test
    void theLongestPauseOfTheSlowestLaneCounts() {
        assertThat(gap(Map.of(
                        "a", List.of(9_000L, 10_500L, 11_000L, 40_000L),
                        "b", List.of(9_900L, 14_000L, 15_000L, 16_000L, 26_000L))))
                .as("what begins soon after the kill")
                .isEqualTo(29_000);
        assertThat(gap(Map.of("b", List.of(9_900L, 14_000L, 15_000L, 22_500L, 26_000L, 59_000L))))
                .as("what begins late has another reason")
                .isEqualTo(7_500);
    }

    @Test
    void aLaneThatNeverGoesOnIsCountedToTheEnd() {
        assertThat(gap(Map.of("a", List.of(9_000L)))).isEqualTo(50_000);
    }

    @Test
    void aLaneWithAnExcuseIsLeftOut() {
        Map<String, List<Long>> grants = Map.of("a", List.of(9_000L, 31_000L, 32_000L), "b", dense());
        assertThat(gap(grants)).isEqualTo(21_000);
        assertThat(gap(grants, new Excuse("a", 12_000, 30_000))).isEqualTo(1_000);
        assertThat(gap(grants, new Excuse("a", 50_000, 55_000))).isEqualTo(21_000);
    }

    private static List<Long> dense() {
        return LongStream.rangeClosed(9, 60).mapToObj(second -> second * 1_000).toList();
    }
}
