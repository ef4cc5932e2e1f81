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
     * Whether the saga has, or will have, the order: one of ours, whose row stays as it was placed (ADR 10). An import may bring
     * orders that still wait for their money elsewhere, which the id tells, and orders of another installation, which the status
     * does.
     *
     * @param status of the row
     */
    static boolean isPlacedHere(String orderId, String status) {
        return "PENDING".equals(status) && OURS.matcher(orderId).matches();
    }
}
