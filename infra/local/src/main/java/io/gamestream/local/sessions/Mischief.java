package io.gamestream.local.sessions;

import java.util.SplittableRandom;

/**
 * What a player and a bad network do that nobody should rely on their not doing.
 *
 * @param asksTwice the request arrives twice at once, at whichever routers
 * @param asksLate the request arrives once more, some seconds later, perhaps after the cancellation
 * @param hasSecondDevice asks under another key, too
 * @param cancelsAtGrant as soon as there is a slot
 * @param vanishes in the middle of the game, and says nothing
 */
public record Mischief(
        boolean asksTwice, boolean asksLate, boolean hasSecondDevice, boolean cancelsAtGrant, boolean vanishes) {

    public static final Mischief NONE = new Mischief(false, false, false, false, false);

    /** Shares of the players who do each, 0 to 1. */
    public record Shares(
            double asksTwice, double asksLate, double hasSecondDevice, double cancelsAtGrant, double vanishes) {

        public static final Shares NONE = new Shares(0, 0, 0, 0, 0);

        /** The next player's. */
        Mischief draw(SplittableRandom random) {
            return new Mischief(
                    random.nextDouble() < asksTwice,
                    random.nextDouble() < asksLate,
                    random.nextDouble() < hasSecondDevice,
                    random.nextDouble() < cancelsAtGrant,
                    random.nextDouble() < vanishes);
        }
    }
}
