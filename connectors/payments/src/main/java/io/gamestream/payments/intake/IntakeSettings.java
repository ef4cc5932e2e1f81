package io.gamestream.payments.intake;

import java.time.Duration;

/**
 * Settings {@code payments-gateway.intake}.
 *
 * @param connections to Postgres
 * @param connectTimeout how long a request waits for one
 * @param inFlight requests at a time; more are asked to come again
 * @param patience how long a request waits for its turn; one that has waited longer is asked to come again
 * @param maxQuantity of one game in an order
 * @param maxLines different games in an order
 * @param keepKeys how long a repeated request is answered as the first time
 * @param keepOutbox how long events stay in their table; capture reads them from the log, not from there
 */
public record IntakeSettings(
        int connections,
        Duration connectTimeout,
        int inFlight,
        Duration patience,
        int maxQuantity,
        int maxLines,
        Duration keepKeys,
        Duration keepOutbox) {

    public IntakeSettings {
        atLeast("connections", connections, 1);
        // The pool's own least.
        atLeast("connect-timeout", connectTimeout.toMillis(), 250);
        atLeast("in-flight", inFlight, 1);
        atLeast("patience", patience.toMillis(), 1);
        atLeast("max-quantity", maxQuantity, 1);
        atLeast("max-lines", maxLines, 1);
        atLeast("keep-keys", keepKeys.toHours(), 24);
        atLeast("keep-outbox", keepOutbox.toHours(), 1);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
