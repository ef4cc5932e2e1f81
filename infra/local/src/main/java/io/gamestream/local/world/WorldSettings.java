package io.gamestream.local.world;

import java.time.Duration;

/**
 * Settings {@code local.world}.
 *
 * @param seed the same seed makes the same users, games, orders and plays
 * @param users at the beginning
 * @param games at the beginning
 * @param orders at the beginning
 * @param plays at the beginning
 * @param actionsPerSecond how fast it moves, on the average of a day; 0 keeps it still
 * @param day how long a day of the world takes: load follows the evening around the globe
 */
public record WorldSettings(
        long seed, int users, int games, int orders, int plays, double actionsPerSecond, Duration day) {

    public WorldSettings {
        atLeast("users", users, 1);
        atLeast("games", games, 1);
        atLeast("orders", orders, 0);
        atLeast("plays", plays, 0);
        // Beyond, few find anything left to buy, and looking for it would take for ever.
        if (orders > (long) users * games / 20) {
            throw new IllegalArgumentException("orders: " + orders + " (expected: at most users * games / 20 = "
                    + (long) users * games / 20 + ")");
        }
        if (!(actionsPerSecond >= 0 && actionsPerSecond <= 10_000)) {
            throw new IllegalArgumentException("actions-per-second: " + actionsPerSecond + " (expected: 0 to 10000)");
        }
        if (day.toMillis() < 1_000) {
            throw new IllegalArgumentException("day: " + day + " (expected: 1s or more)");
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least || value > 10_000_000) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to 10000000)");
        }
    }
}
