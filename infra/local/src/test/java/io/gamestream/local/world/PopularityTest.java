package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PopularityTest {

    @Test
    void theSecondIsHalfAsPopularAsTheFirst() {
        Popularity games = new Popularity(7, "popularity", 100, 1.0);
        double[] shares =
                IntStream.rangeClosed(1, 100).mapToDouble(games::share).sorted().toArray();
        assertThat(shares[98] / shares[99]).isCloseTo(0.5, within(1e-9));
        assertThat(shares[0] / shares[99]).isCloseTo(0.01, within(1e-9));
    }

    @Property
    void picksAsOftenAsTheShareSays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int beginning) {
        Popularity games = new Popularity(seed, "popularity", beginning, 1.0);
        games.growTo(beginning + 5);
        SplittableRandom random = new SplittableRandom(seed);
        int[] picked = new int[beginning + 6];
        int picks = 4_000;
        for (int i = 0; i < picks; i++) {
            picked[games.pick(random)]++;
        }
        assertThat(picked[0]).isZero();
        for (int number = 1; number <= beginning + 5; number++) {
            double share = games.share(number);
            // Six standard deviations: a chance of one in a thousand million to be wrong.
            assertThat((double) picked[number] / picks)
                    .isCloseTo(share, within(6 * Math.sqrt(share * (1 - share) / picks) + 1e-3));
        }
    }
}
