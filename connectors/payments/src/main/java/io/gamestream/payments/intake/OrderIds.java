package io.gamestream.payments.intake;

import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of orders that are placed here; the same table has orders of imports, under ids of their own. */
final class OrderIds {

    private static final String PREFIX = "ord_";
    private static final Pattern OURS = Pattern.compile(PREFIX + "[0-9a-f]{32}");

    private OrderIds() {}

    static String next() {
        return PREFIX + UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * Whether the saga has, or will have, the order. By the id alone: whoever sets the status of a row by hand must not keep
     * its player from getting money back.
     */
    static boolean isPlacedHere(String orderId) {
        return OURS.matcher(orderId).matches();
    }
}
