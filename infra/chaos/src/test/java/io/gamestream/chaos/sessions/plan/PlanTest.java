package io.gamestream.chaos.sessions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void theSameSeedMakesTheSamePlan() {
        assertThat(Plan.of(7, 24, TEN_MINUTES)).isEqualTo(Plan.of(7, 24, TEN_MINUTES));
        assertThat(Plan.of(7, 24, TEN_MINUTES)).isNotEqualTo(Plan.of(8, 24, TEN_MINUTES));
    }

    @Test
    void everythingThatCanGoWrongDoesAndInTime() {
        Plan plan = Plan.of(3, 24, TEN_MINUTES);
        assertThat(plan.acts()).hasSize(48).isSortedAccordingTo(Comparator.comparing(Plan.Planned::at));
        assertThat(plan.acts()).allMatch(act -> act.at().compareTo(TEN_MINUTES) < 0);
        for (Act act : Act.values()) {
            assertThat(plan.count(act)).as(act.meaning()).isPositive();
        }
    }

    @Test
    void chosenActsComeInTheirOrder() {
        Plan plan = Plan.of(3, List.of(Act.POISON, Act.PARTY, Act.KILL_SESSIONS), TEN_MINUTES);
        assertThat(plan.acts())
                .filteredOn(planned -> planned.act().lane() == Act.Lane.PROCESSES)
                .extracting(Plan.Planned::act)
                .containsExactly(Act.POISON, Act.KILL_SESSIONS);
    }
}
