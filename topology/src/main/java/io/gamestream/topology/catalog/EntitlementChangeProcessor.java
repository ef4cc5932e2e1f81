package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.payments.OrderEntitlements;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Remembers what each order that was paid through the saga gives, and tells what its change takes out and adds. */
final class EntitlementChangeProcessor extends ContextualProcessor<String, OrderEntitlements, String, OrderChange> {

    private @Nullable OrderContributions contributions;

    @Override
    public void init(ProcessorContext<String, OrderChange> context) {
        super.init(context);
        contributions = new OrderContributions(context);
    }

    @Override
    public void process(Record<String, OrderEntitlements> fact) {
        OrderContributions all = Objects.requireNonNull(contributions);
        if (fact.key() == null) {
            throw new BadFactException("a fact without a key");
        }
        OrderContribution entitled = fact.value() == null ? null : OrderRules.contribution(fact.value());
        OrderContribution before = all.of(fact.key());
        all.putEntitled(fact.key(), entitled);
        OrderContribution after = all.of(fact.key());
        if (!Objects.equals(before, after)) {
            long lsn = fact.value() == null ? 0 : fact.value().getPlacedLsn();
            context().forward(fact.withValue(new OrderChange(before, after, lsn)));
        }
    }
}
