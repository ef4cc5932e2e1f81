package io.gamestream.local.world;

import io.gamestream.local.load.GameRow;
import io.gamestream.schemas.catalog.GpuClass;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The nth game of the world: a pure function of seed and number. */
final class GameMaker {

    static final String CURRENCY = "EUR";

    private static final List<Long> PRICES = List.of(
            0L, 299L, 499L, 499L, 799L, 999L, 999L, 1499L, 1499L, 1999L, 1999L, 2499L, 2999L, 3999L, 4999L, 5999L,
            6999L);
    private static final List<Integer> AGES = List.of(0, 3, 7, 7, 12, 12, 12, 16, 16, 18);
    private static final List<GpuClass> GPUS = List.of(
            GpuClass.STANDARD,
            GpuClass.STANDARD,
            GpuClass.STANDARD,
            GpuClass.PERFORMANCE,
            GpuClass.PERFORMANCE,
            GpuClass.ULTRA);
    private static final int BACK_CATALOGUE_DAYS = 15 * 365;

    private final long seed;

    GameMaker(long seed) {
        this.seed = seed;
    }

    /** A game of the back catalogue as of that moment. */
    GameRow old(int number, Instant now) {
        return make(number, now, 1 + Dice.of(seed, "release", number).nextInt(BACK_CATALOGUE_DAYS));
    }

    /** A game that comes out at that moment. */
    GameRow released(int number, Instant now) {
        return make(number, now, 0);
    }

    long anotherPrice(long price, SplittableRandom random) {
        long other = Dice.pick(PRICES, random);
        // A free game that stays free would not be a change.
        return other == price ? price + 100 : other;
    }

    private GameRow make(int number, Instant now, int daysOld) {
        SplittableRandom random = Dice.of(seed, "game", number);
        String studio = Dice.pick(Words.STUDIOS, random) + " " + Dice.pick(Words.STUDIO_KINDS, random);
        String publisher = Dice.chance(0.5, random)
                ? studio
                : Dice.pick(Words.STUDIOS, random) + " " + Dice.pick(Words.STUDIO_KINDS, random);
        Set<Genre> genres = EnumSet.noneOf(Genre.class);
        for (int wanted = 1 + random.nextInt(3); wanted > 0; wanted--) {
            genres.add(Dice.pick(Genre.values(), random));
        }
        return new GameRow(
                Ids.GAME.of(number),
                title(random),
                Texts.description(random),
                studio,
                publisher,
                genres.stream().map(Genre::title).toList(),
                Dice.pick(PRICES, random),
                CURRENCY,
                LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(daysOld),
                Dice.pick(AGES, random),
                Dice.pick(GPUS, random),
                now);
    }

    private static String title(SplittableRandom random) {
        String pair = Dice.pick(Words.ADJECTIVES, random) + " " + Dice.pick(Words.NOUNS, random);
        String base =
                switch (random.nextInt(6)) {
                    case 0 -> Dice.pick(Words.NOUNS, random) + " of " + Dice.pick(Words.PLACES, random);
                    case 1 -> Dice.pick(Words.HEROES, random) + ": " + pair;
                    case 2 -> Dice.pick(Words.HEROES, random) + " and the " + pair;
                    case 3 -> pair + ": Return to " + Dice.pick(Words.PLACES, random);
                    default -> pair;
                };
        return Dice.chance(0.2, random) ? base + " " + (2 + random.nextInt(5)) : base;
    }
}
