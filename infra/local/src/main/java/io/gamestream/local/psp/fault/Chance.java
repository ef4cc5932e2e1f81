package io.gamestream.local.psp.fault;

/** Draws that depend on nothing but the seed and their subject: not on time, threads or what was drawn before. */
final class Chance {

    private static final double UNIT = 0x1.0p-53;

    private final long seed;

    Chance(long seed) {
        this.seed = seed;
    }

    /** From 0 to 1, exclusive. */
    double draw(String kind, String subject, int nth) {
        long hash = mix(seed + nth);
        hash = mix(hash ^ text(kind));
        hash = mix(hash ^ text(subject));
        return (hash >>> 11) * UNIT;
    }

    private static long text(String value) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
