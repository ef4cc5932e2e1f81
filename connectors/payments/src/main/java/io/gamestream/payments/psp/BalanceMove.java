package io.gamestream.payments.psp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the PSP's balance, with what it is about.
 *
 * @param id of the row
 * @param kind of what moved the money
 * @param source the charge, refund or dispute
 * @param intentId of the payment; null where it can't be found out
 * @param orderId that the PSP has with it; null where it has none
 * @param amountMinor gross, in minor units of the ISO currency; negative where money leaves
 * @param feeMinor what the PSP keeps of it
 * @param currency ISO 4217, upper case
 */
public record BalanceMove(
        String id,
        Kind kind,
        String source,
        @Nullable String intentId,
        @Nullable String orderId,
        long amountMinor,
        long feeMinor,
        String currency,
        Instant at) {

    /** What a row is about. */
    public enum Kind {
        CAPTURE,
        REFUND,
        DISPUTE,
        /** Payouts and the like, which are between us and the PSP. */
        OTHER
    }

    /** What the ledger posts for it: the intent of a capture, otherwise, and where it names none, the object that moved the money. */
    public String object() {
        return kind == Kind.CAPTURE && intentId != null ? intentId : source;
    }
}
