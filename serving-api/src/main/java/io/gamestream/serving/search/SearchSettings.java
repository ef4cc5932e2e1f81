package io.gamestream.serving.search;

import java.time.Duration;

/**
 * Settings {@code serving.search}.
 *
 * @param directory where each instance keeps its index while it runs; empty means the system's temporary directory
 * @param refreshInterval a change is searchable at most this long after it was read, plus the refresh itself
 * @param ramBufferMegabytes of the index writer; during a rebuild a segment is written whenever it is full
 * @param threads that search at once
 * @param queueLength requests that may wait for a thread; one more is answered with 503
 * @param maxQueryCharacters longer queries are refused: no title is as long, and fuzzy matching grows with length
 */
public record SearchSettings(
        String directory,
        Duration refreshInterval,
        int ramBufferMegabytes,
        int threads,
        int queueLength,
        int maxQueryCharacters) {

    public SearchSettings {
        if (refreshInterval.isNegative() || refreshInterval.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("refresh-interval: " + refreshInterval + " (expected: 0s to 1s)");
        }
        atLeastOne("ram-buffer-megabytes", ramBufferMegabytes);
        atLeastOne("threads", threads);
        atLeastOne("queue-length", queueLength);
        atLeastOne("max-query-characters", maxQueryCharacters);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
