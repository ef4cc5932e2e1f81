package io.gamestream.payments.reconcile;

import java.time.Instant;

/**
 * What the journal says to have happened to one object of the PSP.
 *
 * @param amountMinor what it has moved, negative where money left
 * @param placedAt since when there is anything to move; far in the past where the order isn't known
 */
record Claim(String object, String orderId, long amountMinor, String status, Instant placedAt, Instant at) {}
