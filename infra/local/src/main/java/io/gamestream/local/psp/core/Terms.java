package io.gamestream.local.psp.core;

/**
 * The provider's terms.
 *
 * @param feeBasisPoints of a captured amount
 * @param feeFixed minor units per captured charge
 * @param disputeFee minor units, kept whoever wins
 * @param authorizationMs how long an authorization holds before it is released
 * @param challengeMs how long a customer takes to authenticate
 * @param settleMs how long a payment is processing
 * @param disputeAfterMs after the charge
 * @param disputeForMs how long a dispute stays open
 * @param refundMs how long a refund is pending
 */
public record Terms(
        long feeBasisPoints,
        long feeFixed,
        long disputeFee,
        long authorizationMs,
        long challengeMs,
        long settleMs,
        long disputeAfterMs,
        long disputeForMs,
        long refundMs) {

    public Terms {
        if (feeBasisPoints < 0 || feeBasisPoints > 10_000) {
            throw new IllegalArgumentException("fee-basis-points: " + feeBasisPoints + " (expected: 0 to 10000)");
        }
        notNegative("fee-fixed", feeFixed);
        notNegative("dispute-fee", disputeFee);
        notNegative("authorization-ms", authorizationMs);
        notNegative("challenge-ms", challengeMs);
        notNegative("settle-ms", settleMs);
        notNegative("dispute-after-ms", disputeAfterMs);
        notNegative("dispute-for-ms", disputeForMs);
        notNegative("refund-ms", refundMs);
    }

    long fee(long captured) {
        return captured * feeBasisPoints / 10_000 + feeFixed;
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }
}
