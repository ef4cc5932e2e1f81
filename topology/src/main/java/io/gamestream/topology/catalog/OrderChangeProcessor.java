package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderEntitlements;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Remembers what each order adds by one of the two sources that tell it, and tells what a change takes out and adds. */
final class OrderChangeProcessor<V> extends ContextualProcessor<String, V, String, OrderChange> {

    private final Source<V> source;
    private @Nullable OrderContributions contributions;

    /** Who tells what an order adds. */
    private interface Source<V> {

        /**
         * What the order adds.
         *
         * @throws BadFactException where it can't be decided
         */
        @Nullable
        OrderContribution contribution(V value);

        long lsn(Record<String, V> fact);

        void keep(OrderContributions all, String orderId, @Nullable OrderContribution contribution);
    }

    private OrderChangeProcessor(Source<V> source) {
        this.source = source;
    }

    /** By rows of orders. */
    static OrderChangeProcessor<Order> ofRows() {
        return new OrderChangeProcessor<>(new Source<>() {
            @Override
            public @Nullable OrderContribution contribution(Order order) {
                return OrderRules.contribution(order).orElse(null);
            }

            @Override
            public long lsn(Record<String, Order> fact) {
                return FactHeaders.lsn(fact.headers());
            }

            @Override
            public void keep(OrderContributions all, String orderId, @Nullable OrderContribution contribution) {
                all.putRow(orderId, contribution);
            }
        });
    }

    /** By the entitlements of orders that are paid through the saga. */
    static OrderChangeProcessor<OrderEntitlements> ofEntitlements() {
        return new OrderChangeProcessor<>(new Source<>() {
            @Override
            public OrderContribution contribution(OrderEntitlements entitlements) {
                return OrderRules.contribution(entitlements);
            }

            @Override
            public long lsn(Record<String, OrderEntitlements> fact) {
                return fact.value() == null ? 0 : fact.value().getPlacedLsn();
            }

            @Override
            public void keep(OrderContributions all, String orderId, @Nullable OrderContribution contribution) {
                all.putEntitled(orderId, contribution);
            }
        });
    }

    @Override
    public void init(ProcessorContext<String, OrderChange> context) {
        super.init(context);
        contributions = new OrderContributions(context);
    }

    /** Whatever may be refused is refused before the store is touched: a dead letter must leave no half of itself behind. */
    @Override
    public void process(Record<String, V> fact) {
        OrderContributions all = Objects.requireNonNull(contributions);
        long lsn = source.lsn(fact);
        if (fact.key() == null) {
            throw new BadFactException("a fact without a key");
        }
        OrderContribution told = fact.value() == null ? null : source.contribution(fact.value());
        OrderContribution before = all.of(fact.key());
        source.keep(all, fact.key(), told);
        OrderContribution after = all.of(fact.key());
        if (!Objects.equals(before, after)) {
            context().forward(fact.withValue(new OrderChange(before, after, lsn)));
        }
    }
}
