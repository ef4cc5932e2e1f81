package io.gamestream.payments.psp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dispute as the PSP lists it. Inquiries leave no trace on the balance, so their state is compared by itself.
 *
 * @param orderId that the PSP has with its charge; null where it has none
 * @param status in upper case
 */
public record DisputeState(
        String id, @Nullable String orderId, String status, long amountMinor, String currency, Instant createdAt) {}
