package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RegionTest {

    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void sharesAddUpToOne() {
        assertThat(Arrays.stream(Region.values()).mapToDouble(Region::share).sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void itIsBusyInTheEveningOfEachRegion() {
        Instant eveningInLondon = Instant.parse("2026-03-01T20:30:00Z");
        assertThat(Region.EU_WEST.load(eveningInLondon, DAY)).isCloseTo(1, within(1e-6));
        assertThat(Region.EU_WEST.load(eveningInLondon.plus(Duration.ofHours(12)), DAY))
                .isCloseTo(0.15, within(1e-6));
        assertThat(Region.US_WEST.load(eveningInLondon.plus(Duration.ofHours(8)), DAY))
                .isCloseTo(1, within(1e-6));
        // A day of ten minutes is a real one in small.
        assertThat(Region.EU_WEST.load(Instant.ofEpochSecond(600 * 20 + 205 * 600 / 240), Duration.ofMinutes(10)))
                .isCloseTo(Region.EU_WEST.load(Instant.parse("2026-03-01T20:30:00Z"), DAY), within(0.01));
    }

    @Property
    void loadIsNeverNothingAndNeverMoreThanAll(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        for (Region region : Region.values()) {
            assertThat(region.load(Instant.ofEpochSecond(second), DAY)).isBetween(0.149, 1.001);
        }
        assertThat(Region.worldLoad(Instant.ofEpochSecond(second), DAY)).isBetween(0.25, 1.75);
    }
}
