package io.gamestream.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The bound against cases whose optimum is known by hand. */
class TransportBoundTest {

    private final Geography geography = new Geography();
    private final int[] slots = new int[Geography.SITES.size()];
    private final int[] players = new int[Geography.CITIES.size()];

    @Test
    void everybodyIsAtHomeWhereThereIsRoom() {
        Arrays.fill(slots, 100);
        players[city("london")] = 30;
        players[city("tokyo")] = 40;
        assertThat(bound()).isEqualTo(30.0 * home("london") + 40.0 * home("tokyo"));
    }

    /** Paris is full: those go elsewhere to whom it matters least, and not those who came last. */
    @Test
    void thoseMoveToWhomItMattersLeast() {
        slots[site("cdg")] = 10;
        slots[site("lhr")] = 10;
        slots[site("nrt")] = 10;
        players[city("paris")] = 10;
        players[city("london")] = 10;
        players[city("tokyo")] = 10;
        assertThat(bound()).isEqualTo(10.0 * (home("paris") + home("london") + home("tokyo")));
        players[city("madrid")] = 5;
        slots[site("iad")] = 5;
        int madridAway = geography.rttMs(city("madrid"), site("iad"));
        int londonAway = geography.rttMs(city("london"), site("iad"))
                - geography.rttMs(city("london"), site("lhr"))
                + geography.rttMs(city("madrid"), site("lhr"));
        int parisAway = geography.rttMs(city("paris"), site("iad"))
                - geography.rttMs(city("paris"), site("cdg"))
                + geography.rttMs(city("madrid"), site("cdg"));
        assertThat(bound())
                .isEqualTo(10.0 * (home("paris") + home("london") + home("tokyo"))
                        + 5.0 * Math.min(madridAway, Math.min(londonAway, parisAway)));
    }

    private double bound() {
        return Math.rint(new TransportBound(geography, slots).leastMs(players) * 1_000) / 1_000;
    }

    private int home(String city) {
        return geography.rttMs(city(city), geography.home(city(city)));
    }

    private static int city(String name) {
        return Geography.CITIES.stream().map(Geography.City::name).toList().indexOf(name);
    }

    private static int site(String name) {
        return Geography.SITES.stream().map(Geography.Site::name).toList().indexOf(name);
    }
}
