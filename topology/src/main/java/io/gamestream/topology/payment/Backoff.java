package io.gamestream.topology.payment;

import java.time.Duration;

/**
 * Exponential back-off with full jitter: the n-th delay lies between 0 and {@code min(cap, base * 2^n)}. The jitter is a hash
 * of what waits, so that a history folds the same way whenever it is folded.
 *
 * @param base bound of the first delay
 * @param cap bound of every delay
 * @param tries after which there is none
 */
public record Backoff(Duration base, Duration cap, int tries) {

    private static final int LONGEST_SHIFT = 40;

    public Backoff {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("base: " + base + ", cap: " + cap + " (expected: 0 < base <= cap)");
        }
        if (tries < 0) {
            throw new IllegalArgumentException("tries: " + tries + " (expected: >= 0)");
        }
    }

    /**
     * The delay before a try.
     *
     * @param seed names what waits
     * @param n from 0
     */
    Duration delay(String seed, int n) {
        long most = cap.toMillis();
        boolean capped = n >= LONGEST_SHIFT || 1L << n > most / base.toMillis();
        long bound = capped ? most : base.toMillis() << n;
        return Duration.ofMillis((long) (unit(seed, n) * (bound + 1)));
    }

    /** Uniform in [0, 1): FNV-1a over the text, spread by SplitMix64's finalizer. */
    private static double unit(String seed, int n) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < seed.length(); i++) {
            hash = (hash ^ seed.charAt(i)) * 0x100000001b3L;
        }
        hash += (n + 1) * 0x9e3779b97f4a7c15L;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return (hash >>> 11) * 0x1.0p-53;
    }
}
