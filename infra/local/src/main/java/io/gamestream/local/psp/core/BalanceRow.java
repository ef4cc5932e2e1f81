package io.gamestream.local.psp.core;

/**
 * A movement on the merchant's balance. Minor units.
 *
 * @param amount gross; negative for money that leaves
 * @param fee what the provider keeps of it
 * @param category what reports group by: {@code charge}, {@code refund}, {@code dispute} ...
 * @param source the object that caused it
 */
public record BalanceRow(
        String id, long created, long amount, long fee, String currency, String type, String category, String source)
        implements PspObject {

    public long net() {
        return amount - fee;
    }
}
