package io.gamestream.serving.position;

import java.time.Duration;

/**
 * Settings {@code serving.position}.
 *
 * @param slot of change data capture whose positions count
 * @param tail records of the end of the position topic that are read at the start; the slot's last one must be among them
 * @param defaultWait of a read that names a position and no time
 * @param maxWait that a read may ask for
 * @param maxWaiting reads at a time; more are refused
 * @param pollInterval between two looks while somebody waits
 * @param idleInterval between two looks otherwise: how exactly {@code asOf} is known
 */
public record PositionSettings(
        String slot,
        int tail,
        Duration defaultWait,
        Duration maxWait,
        int maxWaiting,
        Duration pollInterval,
        Duration idleInterval) {

    public PositionSettings {
        positive("default-wait", defaultWait);
        positive("max-wait", maxWait);
        positive("poll-interval", pollInterval);
        positive("idle-interval", idleInterval);
        if (defaultWait.compareTo(maxWait) > 0) {
            throw new IllegalArgumentException("default-wait: " + defaultWait + " (expected: <= max-wait)");
        }
        if (tail < 1) {
            throw new IllegalArgumentException("tail: " + tail + " (expected: >= 1)");
        }
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("max-waiting: " + maxWaiting + " (expected: >= 1)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
