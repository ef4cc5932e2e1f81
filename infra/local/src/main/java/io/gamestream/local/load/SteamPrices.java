package io.gamestream.local.load;

import java.util.SplittableRandom;

/** Invented prices: the data set has none, and an order must have one. The same game always has the same price. */
final class SteamPrices {

    /** What shops ask, in cents; a price that stands here more often is asked more often. */
    private static final long[] LADDER = {
        0, 0, 99, 299, 499, 499, 499, 699, 999, 999, 999, 999, 1499, 1499, 1499, 1999, 1999, 1999, 1999, 2499, 2999,
        2999, 3999, 3999, 4999, 5999
    };

    private SteamPrices() {}

    /** In euro cents. */
    static long minor(int game) {
        return LADDER[new SplittableRandom(game).nextInt(LADDER.length)];
    }
}
