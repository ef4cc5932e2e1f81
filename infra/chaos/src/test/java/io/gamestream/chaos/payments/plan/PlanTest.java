package io.gamestream.chaos.payments.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void theSameSeedMakesTheSamePlan() {
        assertThat(Plan.of(7, 50, TEN_MINUTES)).isEqualTo(Plan.of(7, 50, TEN_MINUTES));
        assertThat(Plan.of(7, 50, TEN_MINUTES)).isNotEqualTo(Plan.of(8, 50, TEN_MINUTES));
    }

    @Test
    void everyTargetIsKilledAndEverythingHappensInTime() {
        Plan plan = Plan.of(3, 200, TEN_MINUTES);
        assertThat(plan.acts()).hasSize(240).isSortedAccordingTo(Comparator.comparing(Plan.Planned::at));
        assertThat(plan.acts()).allMatch(act -> act.at().compareTo(TEN_MINUTES) < 0);
        assertThat(plan.count(Act.KILL) + plan.count(Act.PAUSE) + plan.count(Act.ZOMBIE))
                .as("kills and freezes")
                .isEqualTo(200);
        assertThat(plan.acts().get(239).at())
                .as("room for acts that are late")
                .isBetween(Duration.ofSeconds(560), Duration.ofSeconds(571));
        for (Target target : Target.values()) {
            assertThat(plan.acts()).anyMatch(act -> act.target() == target && act.act() == Act.KILL);
        }
        assertThat(plan.acts())
                .filteredOn(act -> act.act() == Act.ZOMBIE)
                .allMatch(act -> act.target() == Target.WORKER);
        for (Act act : Act.values()) {
            assertThat(plan.count(act)).as(act.meaning()).isPositive();
        }
    }
}
