package io.gamestream.local.world;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be repeated. */
final class Dice {

    private Dice() {}

    /** Chance of its own for the nth thing of a kind: independent of what was made before it. */
    static SplittableRandom of(long seed, String kind, long number) {
        long mixed = seed * 0x9E3779B97F4A7C15L + kind.hashCode() * 0xC2B2AE3D27D4EB4FL + number;
        return new SplittableRandom(new SplittableRandom(mixed).nextLong());
    }

    static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    static <T> T pick(T[] from, SplittableRandom random) {
        return from[random.nextInt(from.length)];
    }

    static boolean chance(double probability, SplittableRandom random) {
        return random.nextDouble() < probability;
    }
}
