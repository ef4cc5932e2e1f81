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
 * @param routes of webhooks that name only a payment intent
 * @param policy how long the saga waits, and for how often
 */
public record PaymentConfig(
        HttpSettings http,
        StreamsTuning saga,
        StreamsTuning ledger,
        Timers timers,
        Routes routes,
        PaymentPolicy policy) {

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

    /**
     * Settings {@code payments.routes}: how long it is kept which order a payment intent is of.
     *
     * @param keep after the intent was last heard of; longer than a dispute or a refund can come
     * @param lookEvery how often some of them are looked at
     * @param perLook how many at once, so that forgetting doesn't hold up records; the rest waits for the next look
     */
    public record Routes(Duration keep, Duration lookEvery, int perLook) {

        /** Card networks let a payment be disputed for 120 days, some for longer where what was bought comes later. */
        private static final Duration DISPUTES_COME = Duration.ofDays(180);

        public Routes {
            if (keep.compareTo(DISPUTES_COME) < 0) {
                throw new IllegalArgumentException(
                        "keep: " + keep + " (expected: >= " + DISPUTES_COME + ", in which disputes and refunds come)");
            }
            if (lookEvery.toMillis() < 1) {
                throw new IllegalArgumentException("look-every: " + lookEvery + " (expected: >= 1ms)");
            }
            if (perLook < 1) {
                throw new IllegalArgumentException("per-look: " + perLook + " (expected: >= 1)");
            }
        }
    }
}
