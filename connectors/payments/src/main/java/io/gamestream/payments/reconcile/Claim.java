package io.gamestream.payments.reconcile;

import java.time.Instant;

/**
 * What the journal says to have happened to one object of the PSP.
 *
 * @param amountMinor what it has moved in all, negative where money left
 * @param backMinor what of that came last, long after the rest: the money of a dispute that was won, or of a refund that failed
 * @param placedAt since when there is anything to move; far in the past where the order isn't known
 */
record Claim(
        String object, String orderId, long amountMinor, long backMinor, String status, Instant placedAt, Instant at) {

    /**
     * Whether the journal says of an object what its rows add up to. A dispute is often won weeks after its money was withdrawn:
     * of an order from before what was read the rows may be the last ones only.
     */
    boolean isMetBy(long movedMinor, Instant readSince) {
        boolean byAll = movedMinor == amountMinor;
        boolean byTheLast = backMinor != 0 && movedMinor == backMinor && placedAt.isBefore(readSince);
        return byAll || byTheLast;
    }
}
