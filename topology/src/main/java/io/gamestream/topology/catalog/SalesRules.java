package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.SalesDelta;
import io.gamestream.schemas.views.SalesView;
import java.util.Map;
import java.util.TreeMap;

/** Sales of one game: a sum of deltas, in whichever order they come. Pure. */
final class SalesRules {

    private SalesRules() {}

    /** Of a game that never sold. */
    static SalesView none() {
        return new SalesView("", 0L, 0L, Map.of(), 0L);
    }

    static SalesView fold(String gameId, SalesDelta delta, SalesView before) {
        Map<String, Long> revenue = new TreeMap<>(before.getRevenueMinor());
        delta.getRevenueMinor().forEach((currency, minor) -> revenue.merge(currency, minor, Long::sum));
        // A currency that everything was taken out of is as good as one that nothing was ever sold in.
        revenue.values().removeIf(minor -> minor == 0);
        return new SalesView(
                gameId,
                before.getUnits() + delta.getUnits(),
                before.getOrders() + delta.getOrders(),
                revenue,
                Math.max(before.getVersion(), delta.getLsn()));
    }
}
