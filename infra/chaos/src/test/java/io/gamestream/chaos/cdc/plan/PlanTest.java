package io.gamestream.chaos.cdc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.cdc.plan.Plan.Planned;
import io.gamestream.chaos.cdc.plan.Plan.Wish;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Duration STREAMING = Duration.ofSeconds(10);

    @Property(tries = 50)
    void isTheSameForTheSameSeed(@ForAll long seed) {
        Wish wish = new Wish(20, 2, 1, 1, STREAMING);
        assertThat(Plan.of(seed, wish)).isEqualTo(Plan.of(seed, wish));
        assertThat(Plan.of(seed, wish)).isNotEqualTo(Plan.of(seed + 1, wish));
    }

    @Property(tries = 50)
    void killsAsOftenAsWished(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int kills) {
        Plan plan = Plan.of(seed, new Wish(kills, 1, 2, 3, STREAMING));
        assertThat(plan.acts().stream().filter(planned -> planned.act().kills()))
                .hasSize(kills);
        assertThat(plan.count(Act.ZOMBIE)).isEqualTo(1);
        assertThat(plan.count(Act.POSTGRES_CRASH)).isEqualTo(2);
        assertThat(plan.count(Act.BROKER_AWAY)).isEqualTo(3);
    }

    @Property(tries = 50)
    void beginsWithTheSnapshotAndSpreadsTheRest(@ForAll long seed) {
        Plan plan = Plan.of(seed, new Wish(20, 0, 0, 0, STREAMING));
        List<Act> acts = plan.acts().stream().map(Planned::act).toList();
        assertThat(acts.subList(0, 3)).containsOnly(Act.KILL_IN_SNAPSHOT);
        assertThat(acts.subList(3, 20))
                .contains(Act.KILL_AT_START, Act.KILL_IDLE)
                .doesNotContain(Act.KILL_IN_SNAPSHOT);
        assertThat(plan.count(Act.KILL_STREAMING)).isGreaterThanOrEqualTo(10);
    }

    @Property(tries = 50)
    void staysWithinItsBounds(@ForAll long seed) {
        assertThat(Plan.of(seed, new Wish(20, 2, 2, 2, STREAMING)).acts()).allSatisfy(planned -> {
            assertThat(planned.delay()).isBetween(Duration.ZERO, STREAMING);
            assertThat(planned.share()).isBetween(0.05, 0.75);
        });
    }

    @Test
    void usesThreeKillsForThreeMoments() {
        assertThat(Plan.of(1, new Wish(3, 0, 0, 0, STREAMING)).acts())
                .extracting(Planned::act)
                .containsExactlyInAnyOrder(Act.KILL_IN_SNAPSHOT, Act.KILL_AT_START, Act.KILL_STREAMING);
    }
}
