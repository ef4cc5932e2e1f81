package io.gamestream.serving.changes;

import java.time.Duration;

/**
 * Settings {@code serving.changes}.
 *
 * @param maxClients streams open at once in this instance; one more is answered with 503
 * @param maxCatchUps clients that may read old changes at once: each has a Kafka consumer and a thread of its own
 * @param recentChanges of each view that are kept, so that a client which was away for a moment needs no consumer
 * @param clientBufferBytes that may wait for one client; a slower one is disconnected, and resumes
 * @param heartbeat between signs of life on a quiet stream; proxies cut after a minute at best, browsers' users notice sooner
 * @param retry that clients are told to wait before they connect again
 * @param idleAfter the last client has left, a view's consumer stops
 */
public record ChangesSettings(
        int maxClients,
        int maxCatchUps,
        int recentChanges,
        int clientBufferBytes,
        Duration heartbeat,
        Duration retry,
        Duration idleAfter) {

    private static final Duration MAX_HEARTBEAT = Duration.ofSeconds(15);

    public ChangesSettings {
        atLeast("max-clients", maxClients, 1);
        atLeast("max-catch-ups", maxCatchUps, 1);
        atLeast("recent-changes", recentChanges, 0);
        atLeast("client-buffer-bytes", clientBufferBytes, 1_024);
        if (heartbeat.isNegative() || heartbeat.isZero() || heartbeat.compareTo(MAX_HEARTBEAT) > 0) {
            throw new IllegalArgumentException("heartbeat: " + heartbeat + " (expected: above 0s, at most 15s)");
        }
        if (retry.isNegative()) {
            throw new IllegalArgumentException("retry: " + retry + " (expected: >= 0s)");
        }
        if (idleAfter.isNegative()) {
            throw new IllegalArgumentException("idle-after: " + idleAfter + " (expected: >= 0s)");
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
