package io.gamestream.local.world;

import io.gamestream.local.load.UserRow;
import io.gamestream.schemas.identity.Tier;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The nth user of the world: a pure function of seed and number. */
final class UserMaker {

    private static final List<Tier> TIERS = List.of(
            Tier.FREE,
            Tier.FREE,
            Tier.FREE,
            Tier.FREE,
            Tier.FREE,
            Tier.FREE,
            Tier.PLUS,
            Tier.PLUS,
            Tier.PLUS,
            Tier.ULTIMATE);
    private static final int FAVOURITES = 3;

    private final long seed;

    UserMaker(long seed) {
        this.seed = seed;
    }

    UserRow user(int number, Instant createdAt) {
        SplittableRandom random = Dice.of(seed, "user", number);
        Region region = region(random);
        return new UserRow(
                Ids.USER.of(number),
                handle(random),
                Dice.pick(region.countries(), random),
                region.id(),
                tier(random),
                Map.of(
                        "favouriteGenres",
                        taste(number).stream().map(Genre::title).toList(),
                        "hdr",
                        random.nextBoolean(),
                        "maxBitrateMbps",
                        10 + 5 * random.nextInt(9)),
                createdAt);
    }

    /** The genres that a user likes; they stay the same all their life. */
    Set<Genre> taste(int number) {
        SplittableRandom random = Dice.of(seed, "taste", number);
        Set<Genre> likes = EnumSet.noneOf(Genre.class);
        while (likes.size() < FAVOURITES) {
            likes.add(Dice.pick(Genre.values(), random));
        }
        return likes;
    }

    static String handle(SplittableRandom random) {
        return Dice.pick(Words.ADJECTIVES, random).toLowerCase(Locale.ROOT)
                + "-"
                + Dice.pick(Words.HANDLES, random)
                + random.nextInt(1000);
    }

    static Tier tier(SplittableRandom random) {
        return Dice.pick(TIERS, random);
    }

    static Region region(SplittableRandom random) {
        double at = random.nextDouble();
        for (Region region : Region.values()) {
            at -= region.share();
            if (at < 0) {
                return region;
            }
        }
        return Region.EU_WEST;
    }
}
