package io.gamestream.local.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.world.Region;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GeographyTest {

    private final Geography geography = new Geography(List.of(Worlds.LONDON, Worlds.VIRGINIA, Worlds.TOKYO));

    @Property(tries = 100)
    void whoLivesThereIsNear(@ForAll long seed) {
        Map<String, Integer> paris = from(Region.EU_WEST, seed);
        assertThat(paris.get("eu-west")).isBetween(3, 40);
        // As measured on the Internet: about 80 ms to Virginia, 220 to Tokyo.
        assertThat(paris.get("us-east")).isBetween(85, 135);
        assertThat(paris.get("ap-northeast")).isBetween(150, 230);
        assertThat(from(Region.US_EAST, seed).get("us-east")).isBetween(3, 40);
        assertThat(from(Region.AP_NORTHEAST, seed).get("ap-northeast")).isBetween(3, 40);
        assertThat(from(Region.US_WEST, seed).get("us-east")).isBetween(50, 100);
    }

    private Map<String, Integer> from(Region home, long seed) {
        return geography.roundTrips(home, new SplittableRandom(seed));
    }
}
