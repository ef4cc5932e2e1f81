package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.LedgerLeg;
import io.gamestream.schemas.views.AccountView;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps and writes each account's balances. */
final class AccountProcessor extends ContextualProcessor<String, LedgerLeg, String, AccountView> {

    private @Nullable KeyValueStore<String, AccountView> accounts;

    @Override
    public void init(ProcessorContext<String, AccountView> context) {
        super.init(context);
        accounts = context.getStateStore(LedgerTopology.Names.ACCOUNTS);
    }

    @Override
    public void process(Record<String, LedgerLeg> leg) {
        KeyValueStore<String, AccountView> store = Objects.requireNonNull(accounts);
        AccountView now = AccountRules.fold(leg.key(), store.get(leg.key()), leg.value());
        store.put(leg.key(), now);
        context().forward(leg.withValue(now));
    }
}
