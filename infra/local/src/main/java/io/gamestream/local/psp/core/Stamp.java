package io.gamestream.local.psp.core;

import org.jspecify.annotations.Nullable;

/**
 * When and by whom something is done; ids come from it, so that the same seed makes the same ids.
 *
 * @param seq of the entry in the log that this will be
 * @param atMs milliseconds of the epoch
 */
public record Stamp(
        long seed,
        long seq,
        long atMs,
        @Nullable String requestId,
        @Nullable String idempotencyKey) {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;

    long seconds() {
        return atMs / 1_000;
    }

    /** The nth id of this entry. */
    String id(String prefix, int nth) {
        StringBuilder text = new StringBuilder(prefix).append('_');
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            if (i % 10 == 0) {
                bits = mix(seed ^ mix(seq * 64 + nth * 4L + i / 10)) >>> 1;
            }
            text.append(ALPHABET.charAt((int) (bits % ALPHABET.length())));
            bits /= ALPHABET.length();
        }
        return text.toString();
    }

    /** The finalizer of SplitMix64: neighbouring numbers give unrelated ones. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
