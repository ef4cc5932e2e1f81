package io.gamestream.topology.payment;

import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.topology.streams.StreamsTuning;
import java.time.Duration;

/**
 * Settings {@code payments}.
 *
 * @param http the operations endpoints
 * @param saga of the application {@code payments}
 * @param ledger of the application {@code payments-ledger}
 * @param timers how they are fired
 * @param policy how long the saga waits, and for how often
 */
public record PaymentConfig(
        HttpSettings http, StreamsTuning saga, StreamsTuning ledger, Timers timers, PaymentPolicy policy) {

    /**
     * Settings {@code payments.timers}.
     *
     * @param tick how often they are looked at
     * @param perTick how many are fired at once; the rest waits for the next tick, so that a backlog of timers doesn't hold up
     *     records
     */
    public record Timers(Duration tick, int perTick) {

        public Timers {
            if (tick.toMillis() < 1) {
                throw new IllegalArgumentException("tick: " + tick + " (expected: >= 1ms)");
            }
            if (perTick < 1) {
                throw new IllegalArgumentException("per-tick: " + perTick + " (expected: >= 1)");
            }
        }
    }
}
