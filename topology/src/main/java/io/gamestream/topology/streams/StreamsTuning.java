package io.gamestream.topology.streams;

import java.time.Duration;

/**
 * What differs between applications.
 *
 * @param threads that process; more than the input's partitions idle
 * @param commitInterval how often offsets, and with exactly-once results, are committed
 * @param linger how long the producer gathers a batch
 * @param fetchWait how long a fetch waits for more than there is; with 0 it is answered with the first record
 */
public record StreamsTuning(int threads, Duration commitInterval, Duration linger, Duration fetchWait) {

    private static final long LONGEST_FETCH_MS = 500;

    public StreamsTuning {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: >= 1)");
        }
        if (commitInterval.toMillis() < 1) {
            throw new IllegalArgumentException("commit-interval: " + commitInterval + " (expected: >= 1ms)");
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger: " + linger + " (expected: >= 0ms)");
        }
        if (fetchWait.isNegative() || fetchWait.toMillis() > LONGEST_FETCH_MS) {
            throw new IllegalArgumentException(
                    "fetch-wait: " + fetchWait + " (expected: 0ms to " + LONGEST_FETCH_MS + "ms)");
        }
    }
}
