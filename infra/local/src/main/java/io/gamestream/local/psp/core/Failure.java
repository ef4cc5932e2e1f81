package io.gamestream.local.psp.core;

import org.jspecify.annotations.Nullable;

/**
 * Why a charge was refused.
 *
 * @param code of Stripe's error codes, such as {@code card_declined}
 * @param declineCode of the issuer, such as {@code insufficient_funds}
 * @param adviceCode what the network says to do next
 * @param charge the failed charge; null where it never came to one
 */
public record Failure(
        String code,
        @Nullable String declineCode,
        @Nullable String adviceCode,
        String message,
        @Nullable String charge) {}
