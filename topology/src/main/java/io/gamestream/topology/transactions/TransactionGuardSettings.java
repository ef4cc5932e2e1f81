package io.gamestream.topology.transactions;

import io.gamestream.runtime.http.HttpSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Settings {@code transaction-guard}.
 *
 * @param http the operations endpoints
 * @param every how often partitions and coordinators are asked
 * @param after how long a transaction must have been open in a partition and unknown to its coordinator before it is aborted
 * @param topics a regular expression of the names of the topics that are watched
 */
public record TransactionGuardSettings(HttpSettings http, Duration every, Duration after, Pattern topics) {

    public TransactionGuardSettings {
        if (every.toMillis() < 100) {
            throw new IllegalArgumentException("every: " + every + " (expected: >= 100ms)");
        }
        if (after.compareTo(every) < 0) {
            throw new IllegalArgumentException("after: " + after + " (expected: at least every, " + every + ")");
        }
    }
}
