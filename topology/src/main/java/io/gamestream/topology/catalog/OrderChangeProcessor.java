package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.payments.Order;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Remembers what each order's row adds, and tells what its change takes out and adds. */
final class OrderChangeProcessor extends ContextualProcessor<String, Order, String, OrderChange> {

    private @Nullable OrderContributions contributions;

    @Override
    public void init(ProcessorContext<String, OrderChange> context) {
        super.init(context);
        contributions = new OrderContributions(context);
    }

    /** Whatever may be refused is refused before the store is touched: a dead letter must leave no half of itself behind. */
    @Override
    public void process(Record<String, Order> fact) {
        OrderContributions all = Objects.requireNonNull(contributions);
        long lsn = FactHeaders.lsn(fact.headers());
        if (fact.key() == null) {
            throw new BadFactException("a fact without a key");
        }
        OrderContribution row = fact.value() == null
                ? null
                : OrderRules.contribution(fact.value()).orElse(null);
        OrderContribution before = all.of(fact.key());
        all.putRow(fact.key(), row);
        OrderContribution after = all.of(fact.key());
        if (!Objects.equals(before, after)) {
            context().forward(fact.withValue(new OrderChange(before, after, lsn)));
        }
    }
}
