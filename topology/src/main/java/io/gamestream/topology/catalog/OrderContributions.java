package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.OrderContribution;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What each order adds: by its entitlements where the payment saga has told any, else by its row's own status. An order that is
 * paid through the saga is never counted by its row, whatever that comes to say.
 */
final class OrderContributions {

    private final KeyValueStore<String, OrderContribution> rows;

    /** Without games where the order gives nothing now. */
    private final KeyValueStore<String, OrderContribution> entitlements;

    OrderContributions(ProcessingContext context) {
        this.rows = Objects.requireNonNull(context.getStateStore(SalesTopology.Names.CONTRIBUTIONS));
        this.entitlements = Objects.requireNonNull(context.getStateStore(SalesTopology.Names.ENTITLEMENTS));
    }

    /** What the order has added so far. */
    @Nullable
    OrderContribution of(String orderId) {
        OrderContribution entitled = entitlements.get(orderId);
        if (entitled == null) {
            return rows.get(orderId);
        }
        return entitled.getGames().isEmpty() ? null : entitled;
    }

    void putRow(String orderId, @Nullable OrderContribution row) {
        rows.put(orderId, row);
    }

    void putEntitled(String orderId, @Nullable OrderContribution entitled) {
        entitlements.put(orderId, entitled);
    }
}
