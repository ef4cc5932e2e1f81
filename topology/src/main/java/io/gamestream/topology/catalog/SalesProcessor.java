package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.SalesDelta;
import io.gamestream.schemas.views.SalesView;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps and writes each game's sums. */
final class SalesProcessor extends ContextualProcessor<String, SalesDelta, String, SalesView> {

    private @Nullable KeyValueStore<String, SalesView> sales;

    @Override
    public void init(ProcessorContext<String, SalesView> context) {
        super.init(context);
        sales = context.getStateStore(SalesTopology.Names.SALES);
    }

    @Override
    public void process(Record<String, SalesDelta> delta) {
        KeyValueStore<String, SalesView> store = Objects.requireNonNull(sales);
        SalesView now = SalesRules.fold(delta.key(), store.get(delta.key()), delta.value());
        store.put(delta.key(), now);
        context().forward(delta.withValue(now));
    }
}
