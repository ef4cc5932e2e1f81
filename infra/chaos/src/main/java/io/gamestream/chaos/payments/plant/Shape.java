package io.gamestream.chaos.payments.plant;

import org.jspecify.annotations.Nullable;

/**
 * How large a run is.
 *
 * @param minutes of load
 * @param kills and freezes; restarts come on top
 * @param seed null for a random one
 * @param quietSeconds within which everything must have come to rest
 */
public record Shape(
        int orders, double minutes, int kills, @Nullable Long seed, int quietSeconds) {

    /** Of a run without a bug. */
    public static final Shape USUAL = new Shape(1_000, 5, 20, null, 300);

    /** Enough for a bug that does harm whether anything dies or not. */
    static final Shape SMALL = new Shape(120, 1.5, 4, 5L, 90);

    /**
     * Enough commands under way when a process dies, and enough time between the kills. What is under way at one kill is chance:
     * with this seed worker and saga are killed four times each.
     */
    static final Shape MANY_UNDER_WAY = new Shape(1_800, 4, 14, 231L, 300);

    /** An outage is counted only where orders wait, and no later kill may excuse it. */
    static final Shape FEW_KILLS = new Shape(200, 3, 5, 5L, 90);

    /** Long enough for the PSP to be away for longer than orders are tried, so that some are parked and replayed. */
    static final Shape WITH_DEAD_LETTERS = new Shape(600, 5, 6, 9L, 150);
}
