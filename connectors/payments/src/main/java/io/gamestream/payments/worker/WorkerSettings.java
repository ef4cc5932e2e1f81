package io.gamestream.payments.worker;

import io.gamestream.payments.psp.ProviderSettings;
import io.gamestream.runtime.http.HttpSettings;
import java.time.Duration;

/**
 * Settings {@code payments-worker}.
 *
 * @param instance part of the transactional id: a second worker of the same instance takes over from the first
 * @param inFlight calls at a time; what is done beyond a gap travels in the offsets' metadata, which has room for 500
 * @param writeEvery results of so long share a transaction; one alone costs as much as all of them
 * @param drain how long calls under way may take when partitions are taken away or the worker stops
 * @param transactionTimeout after which the broker gives up on a dead worker's transaction
 * @param sessionTimeout after which the partitions of a worker that is gone go to others; one of the same instance that is
 *     started again has them at once
 */
public record WorkerSettings(
        String instance,
        int inFlight,
        Duration writeEvery,
        Duration drain,
        Duration transactionTimeout,
        Duration sessionTimeout,
        ProviderSettings provider,
        HttpSettings http) {

    private static final int MOST_IN_FLIGHT = 500;

    public WorkerSettings {
        if (instance.isBlank()) {
            throw new IllegalArgumentException("instance: '' (expected: a name of this worker's own)");
        }
        if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException("in-flight: " + inFlight + " (expected: 1 to " + MOST_IN_FLIGHT + ")");
        }
        if (writeEvery.isNegative() || writeEvery.toMillis() > 1_000) {
            throw new IllegalArgumentException("write-every: " + writeEvery + " (expected: 0s to 1s)");
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: 0s or more)");
        }
        if (transactionTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("transaction-timeout: " + transactionTimeout + " (expected: >= 1s)");
        }
        if (sessionTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("session-timeout: " + sessionTimeout + " (expected: >= 1s)");
        }
    }
}
