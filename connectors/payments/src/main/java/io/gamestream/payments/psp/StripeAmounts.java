package io.gamestream.payments.psp;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Amounts as Stripe counts them. Its minor units aren't always those of ISO 4217 (docs.stripe.com/currencies): the table is
 * explicit, and what isn't certain is refused rather than multiplied by a hundred.
 */
public final class StripeAmounts {

    /** No decimals at Stripe. MGA has two in ISO 4217. */
    private static final Set<String> ZERO_DECIMAL = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /** Three decimals, of which the last must be 0. */
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    /** None in ISO 4217, two at Stripe, and the two must be 00. */
    private static final Map<String, Integer> OF_OLD = Map.of("ISK", 2);

    /** Stripe's documents have said different things of it. */
    private static final Set<String> UNCERTAIN = Set.of("UGX");

    private StripeAmounts() {}

    /**
     * ISO minor units as Stripe's.
     *
     * @throws IllegalArgumentException for an amount or currency that Stripe can't take
     */
    public static long toStripe(long isoMinor, String currency) {
        String code = known(currency);
        int shift = decimals(code) - isoDecimals(code);
        if (THREE_DECIMAL.contains(code) && isoMinor % 10 != 0) {
            throw new IllegalArgumentException("amount: " + isoMinor + " " + code
                    + " (expected: a last digit of 0, the PSP takes no thousandths)");
        }
        return shifted(isoMinor, shift, code);
    }

    /** Stripe's minor units as ISO's; as above otherwise. */
    public static long toIso(long stripeMinor, String currency) {
        String code = known(currency);
        return shifted(stripeMinor, isoDecimals(code) - decimals(code), code);
    }

    private static long shifted(long amount, int shift, String code) {
        long factor = 1;
        for (int i = 0; i < Math.abs(shift); i++) {
            factor *= 10;
        }
        if (shift >= 0) {
            long most = Long.MAX_VALUE / factor;
            if (amount > most || amount < -most) {
                throw new IllegalArgumentException(
                        "amount: " + amount + " " + code + " (expected: " + most + " at most)");
            }
            return amount * factor;
        }
        if (amount % factor != 0) {
            throw new IllegalArgumentException(
                    "amount: " + amount + " " + code + " (expected: a multiple of " + factor + ")");
        }
        return amount / factor;
    }

    private static String known(String currency) {
        String code = currency.toUpperCase(Locale.ROOT);
        if (UNCERTAIN.contains(code)) {
            throw new IllegalArgumentException("currency: " + code + " (expected: one whose minor unit is certain)");
        }
        return code;
    }

    private static int decimals(String code) {
        if (ZERO_DECIMAL.contains(code)) {
            return 0;
        }
        return THREE_DECIMAL.contains(code) ? 3 : OF_OLD.getOrDefault(code, 2);
    }

    private static int isoDecimals(String code) {
        int digits = Currency.getInstance(code).getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException("currency: " + code + " (expected: one with an amount)");
        }
        return digits;
    }
}
