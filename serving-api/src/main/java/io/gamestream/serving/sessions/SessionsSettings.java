package io.gamestream.serving.sessions;

import java.time.Duration;

/**
 * Settings {@code serving.sessions}.
 *
 * @param keepEnded for how long a session that has ended can be read
 * @param refreshInterval presence is at most that much behind what was read
 */
public record SessionsSettings(Duration keepEnded, Duration refreshInterval) {

    public SessionsSettings {
        if (keepEnded.isNegative()) {
            throw new IllegalArgumentException("keep-ended: " + keepEnded + " (expected: >= 0s)");
        }
        if (refreshInterval.isNegative() || refreshInterval.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("refresh-interval: " + refreshInterval + " (expected: 0s to 1s)");
        }
    }
}
