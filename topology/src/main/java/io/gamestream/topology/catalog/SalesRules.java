package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.SalesDelta;
import io.gamestream.schemas.views.SalesView;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sales of one game: a sum of deltas, in whichever order they come. Pure. */
final class SalesRules {

    private SalesRules() {}

    static SalesView fold(String gameId, @Nullable SalesView before, SalesDelta delta) {
        if (before == null) {
            return new SalesView(
                    gameId,
                    delta.getUnits(),
                    delta.getOrders(),
                    new TreeMap<>(delta.getRevenueMinor()),
                    delta.getLsn());
        }
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
