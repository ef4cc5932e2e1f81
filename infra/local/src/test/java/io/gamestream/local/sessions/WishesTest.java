package io.gamestream.local.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gamestream.local.world.Population;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WishesTest {

    private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");

    @Property(tries = 5)
    void theSameSeedMakesTheSameWishes(@ForAll long seed) {
        assertThat(wishes(seed, 200)).isEqualTo(wishes(seed, 200)).isNotEqualTo(wishes(seed + 1, 200));
    }

    @Test
    void sessionsAreAsLongAsTheSettingsSay() {
        List<Wish> wishes = wishes(7, 4_000);
        List<Long> lengths =
                wishes.stream().map(wish -> wish.length().toMillis()).sorted().toList();
        assertThat(lengths.get(lengths.size() / 2) / 1e3).as("median").isCloseTo(40, within(3.0));
        assertThat(lengths.get(lengths.size() - 1)).isLessThanOrEqualTo(600_000);
        double mean = lengths.stream().mapToLong(Long::longValue).average().orElseThrow();
        assertThat(mean / 1e3).as("mean of a lognormal").isCloseTo(40 * Math.exp(0.405), within(5.0));
    }

    @Test
    void overADayAsManyComeAsTheLoadSays() {
        Wishes wishes = new Wishes(Worlds.usual(), new Population(Worlds.people(7)));
        SplittableRandom random = new SplittableRandom(7);
        Instant now = START;
        Instant end = START.plus(Duration.ofMinutes(100));
        int came = 0;
        for (; now.isBefore(end); came++) {
            now = now.plus(wishes.pause(random, now));
        }
        double slots = 96 * 0.6;
        double meanSeconds = 40 * Math.exp(0.405);
        assertThat(came * meanSeconds / 6_000).as("busy slots on the average").isCloseTo(slots, within(5.0));
    }

    @Test
    void nobodyWishesTwiceAtOnceAndPartiesAreOfDifferentPlayers() {
        Wishes wishes = new Wishes(Worlds.usual(), new Population(Worlds.people(7)));
        SplittableRandom random = new SplittableRandom(7);
        Set<String> plays = new HashSet<>();
        int parties = 0;
        for (int i = 0; i < 300; i++) {
            Wish wish = wishes.next(random, START, plays::contains).orElse(null);
            if (wish == null) {
                break;
            }
            parties += wish.party().isEmpty() ? 0 : 1;
            assertThat(plays.add(wish.playerId()))
                    .as("%s is free", wish.playerId())
                    .isTrue();
            wish.party().forEach(member -> assertThat(plays.add(member))
                    .as("%s is free", member)
                    .isTrue());
        }
        assertThat(plays).hasSizeGreaterThan(200);
        assertThat(parties).isPositive();
    }

    @Test
    void aPlayerLivesWhereThePlayerLives() {
        Set<String> homes = new HashSet<>();
        wishes(7, 3_000).stream()
                .filter(wish -> wish.playerId().equals("u-12"))
                .forEach(wish -> homes.add(wish.rttMs().toString()));
        assertThat(homes).hasSize(1);
    }

    private static List<Wish> wishes(long seed, int count) {
        Wishes wishes = new Wishes(Worlds.usual(), new Population(Worlds.people(seed)));
        SplittableRandom random = new SplittableRandom(seed);
        List<Wish> all = new ArrayList<>();
        Instant now = START;
        while (all.size() < count) {
            now = now.plus(wishes.pause(random, now));
            wishes.next(random, now, id -> false).ifPresent(all::add);
        }
        return all;
    }
}
