package io.gamestream.local.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.sessions.Incidents.Planned;
import io.gamestream.local.sessions.SessionWorldSettings.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IncidentsTest {

    private static final Trouble TROUBLE = Worlds.usual().trouble();

    @Property(tries = 50)
    void eachKindIsSeenWithinThreeMinutes(@ForAll long seed) {
        List<Planned> plan = plan(TROUBLE, seed, Duration.ofMinutes(3));
        assertThat(plan)
                .extracting(planned -> planned.incident().getClass().getSimpleName())
                .contains("Crash", "Drain", "Flap");
        assertThat(plan).isSortedAccordingTo((a, b) -> a.after().compareTo(b.after()));
        assertThat(plan).allSatisfy(planned -> assertThat(((Incident.OfHost) planned.incident()).host())
                .isBetween(0, 23));
        assertThat(plan).isEqualTo(plan(TROUBLE, seed, Duration.ofMinutes(3)));
    }

    @Test
    void asOftenAsTheSettingsSay() {
        List<Planned> plan = plan(TROUBLE, 7, Duration.ofHours(100));
        long crashes = plan.stream()
                .filter(planned -> planned.incident() instanceof Incident.Crash)
                .count();
        assertThat(crashes).isBetween(2_800L, 3_200L);
    }

    @Test
    void whatIsSwitchedOffDoesNotHappen() {
        Trouble calm =
                new Trouble(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        assertThat(plan(calm, 7, Duration.ofHours(100))).isEmpty();
    }

    private static List<Planned> plan(Trouble trouble, long seed, Duration within) {
        return new Incidents(trouble, 24).plan(new SplittableRandom(seed), within);
    }
}
