package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.payments.Order;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Remembers what each order adds, and tells what its change takes out and adds. */
final class OrderChangeProcessor extends ContextualProcessor<String, Order, String, OrderChange> {

    private @Nullable KeyValueStore<String, OrderContribution> contributions;

    @Override
    public void init(ProcessorContext<String, OrderChange> context) {
        super.init(context);
        contributions = context.getStateStore(SalesTopology.Names.CONTRIBUTIONS);
    }

    /** Whatever may be refused is refused before the store is touched: a dead letter must leave no half of itself behind. */
    @Override
    public void process(Record<String, Order> fact) {
        KeyValueStore<String, OrderContribution> store = Objects.requireNonNull(contributions);
        long lsn = FactHeaders.lsn(fact.headers());
        if (fact.key() == null) {
            throw new BadFactException("a fact without a key");
        }
        OrderContribution after = fact.value() == null
                ? null
                : OrderRules.contribution(fact.value()).orElse(null);
        OrderContribution before = store.get(fact.key());
        if (Objects.equals(before, after)) {
            return;
        }
        store.put(fact.key(), after);
        context().forward(fact.withValue(new OrderChange(before, after, lsn)));
    }
}
