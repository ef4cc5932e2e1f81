package io.gamestream.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.session.SessionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A small world, so that each run is a second; what is checked holds in any. */
class QualityRunTest {

    private static final Geography GEOGRAPHY = new Geography();

    @Test
    void nobodyIsBetterThanTheBound() {
        for (Matchmaker matchmaker :
                List.of(Baselines.homeOnly(), Baselines.pingOnly(), new PerSecondOptimum(), ours())) {
            Quality quality = run(0.8, matchmaker);
            assertThat(quality.ratio()).as(quality.toString()).isBetween(0.999_999, 3.0);
            assertThat(quality.utilisation()).as(quality.toString()).isBetween(0.5, 1.0);
        }
    }

    @Test
    void allAtHomeIsTheBoundWhereThereIsRoomForAll() {
        Quality quality = run(0.3, Baselines.pingOnly());
        assertThat(quality.ratio()).isBetween(0.999_999, 1.02);
        assertThat(quality.waitP99Ms()).isZero();
    }

    @Test
    void whoOnlyTakesHomeWaitsLongest() {
        assertThat(run(0.9, Baselines.homeOnly()).gaveUp())
                .isGreaterThan(run(0.9, Baselines.pingOnly()).gaveUp() + 0.02);
    }

    @Test
    void oursDecidesTheSameEachTime() {
        assertThat(run(0.85, ours())).isEqualTo(run(0.85, ours()));
    }

    @Test
    void aMatchmakerThatGivesASlotTwiceIsCaught() {
        Matchmaker greedy = new SitePool("greedy") {
            @Override
            int choose(Visit visit, long waitedMs) {
                return geography().home(visit.city());
            }
        };
        assertThatThrownBy(() -> run(0.9, greedy)).hasMessageContaining("greedy has given ");
    }

    private static Quality run(double load, Matchmaker matchmaker) {
        return new QualityRun(new Trace(GEOGRAPHY, 600, 4, load, Duration.ofHours(5), 7), matchmaker).run();
    }

    private static Matchmaker ours() {
        return new OurRules("ours", Settings.load(null, Map.of(), Map.of()).bind("sessions", SessionConfig.class));
    }
}
