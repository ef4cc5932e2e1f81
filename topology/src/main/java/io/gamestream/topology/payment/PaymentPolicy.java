package io.gamestream.topology.payment;

import java.time.Duration;
import java.util.List;

/**
 * Settings {@code payments.policy}: how long the saga waits, and for how often.
 *
 * @param expiry after which an order that isn't paid is cancelled, while the player is there
 * @param offSessionExpiry the same for a player who isn't
 * @param authorizationExpiry after which an authorization that nobody captures is cancelled; less than the PSP's 7 days
 * @param commandDeadline after which the worker must not send a command any more
 * @param resultGrace beyond the deadline, until a missing result counts as unknown
 * @param keyLife how long after its first issue an operation may be issued again; less than the PSP keeps keys
 * @param settledAfter beyond the last deadline, until a read without the effect proves that nothing was executed
 * @param technical for calls that were surely not executed
 * @param softDecline for declines that may pass within minutes
 * @param offSessionDelays for declines that may pass within days, while the player isn't there
 * @param maxAttempts of one order, whatever the class of the declines
 * @param readLadder waits before each read of the PSP, as long as it tells nothing new
 * @param orphanWait how long facts wait for their order
 * @param fulfilLateCaptures whether money that comes after an order was given up buys it after all; otherwise it is refunded
 */
public record PaymentPolicy(
        Duration expiry,
        Duration offSessionExpiry,
        Duration authorizationExpiry,
        Duration commandDeadline,
        Duration resultGrace,
        Duration keyLife,
        Duration settledAfter,
        Backoff technical,
        Backoff softDecline,
        List<Duration> offSessionDelays,
        int maxAttempts,
        List<Duration> readLadder,
        Duration orphanWait,
        boolean fulfilLateCaptures) {

    /** The PSP forgets a key after at least this. */
    private static final Duration PSP_KEEPS_KEYS = Duration.ofHours(24);

    private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(15);

    public PaymentPolicy {
        positive("expiry", expiry);
        positive("off-session-expiry", offSessionExpiry);
        positive("authorization-expiry", authorizationExpiry);
        positive("command-deadline", commandDeadline);
        positive("result-grace", resultGrace);
        positive("key-life", keyLife);
        positive("settled-after", settledAfter);
        positive("orphan-wait", orphanWait);
        if (commandDeadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException(
                    "command-deadline: " + commandDeadline + " (expected: <= " + LONGEST_DEADLINE + ")");
        }
        if (keyLife.plus(commandDeadline).compareTo(PSP_KEEPS_KEYS) >= 0) {
            throw new IllegalArgumentException(
                    "key-life: " + keyLife + " (expected: with command-deadline, less than the " + PSP_KEEPS_KEYS
                            + " for which the PSP keeps a key; a later call would charge anew)");
        }
        if (maxAttempts < 1 || maxAttempts > 10) {
            throw new IllegalArgumentException("max-attempts: " + maxAttempts
                    + " (expected: 1 to 10; Mastercard allows 10 in 24 hours, Visa 20 in 30 days)");
        }
        if (readLadder.isEmpty()) {
            throw new IllegalArgumentException("read-ladder: empty (expected: at least one wait)");
        }
        offSessionDelays = List.copyOf(offSessionDelays);
        readLadder = List.copyOf(readLadder);
        offSessionDelays.forEach(delay -> positive("off-session-delays", delay));
        readLadder.forEach(delay -> positive("read-ladder", delay));
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
