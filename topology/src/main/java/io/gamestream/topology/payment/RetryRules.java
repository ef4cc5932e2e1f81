package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.topology.payment.Declines.DeclineClass;
import java.time.Duration;
import java.util.Optional;

/** Whether and when a declined payment is attempted again. Pure. */
final class RetryRules {

    private RetryRules() {}

    /**
     * The wait before the next attempt; empty where there is none.
     *
     * @param attempt the one that was declined, from 1
     * @param orderId seeds the jitter
     */
    static Optional<Duration> delay(
            PaymentPolicy policy, DeclineClass declined, CustomerPresence presence, int attempt, String orderId) {
        if (attempt >= policy.maxAttempts()) {
            return Optional.empty();
        }
        return switch (declined) {
            case SOFT_MINUTES ->
                attempt <= policy.softDecline().tries()
                        ? Optional.of(policy.softDecline().delay(orderId, attempt))
                        : Optional.empty();
            case SOFT_DAYS ->
                presence == CustomerPresence.OFF_SESSION
                                && attempt <= policy.offSessionDelays().size()
                        ? Optional.of(policy.offSessionDelays().get(attempt - 1))
                        : Optional.empty();
            case CUSTOMER_ACTION, FIX_DATA, RESOLVE, HARD -> Optional.empty();
        };
    }
}
