package io.gamestream.topology.payment;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.internal.payments.LedgerLeg;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.views.AccountView;
import io.gamestream.topology.streams.BinaryAvroSerde;
import io.gamestream.topology.streams.Guarantee;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.SuppliedProcessor;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * Postings to balances by account, exactly once:
 *
 * <pre>
 * ledger-postings -> legs -> (ledger-legs) -> accounts [ledger-accounts] -> views.accounts
 * </pre>
 */
public final class LedgerTopology {

    /** Names of the application, its nodes, stores and internal topics. */
    static final class Names {

        static final String APPLICATION = "payments-ledger";
        static final String LEGS = "ledger-legs";
        static final String ACCOUNTS = "ledger-accounts";

        private Names() {}
    }

    private LedgerTopology() {}

    /** The application as it is started. */
    public static StreamsSpec spec(AvroSerdes serdes, PaymentConfig config) {
        return new StreamsSpec(
                Names.APPLICATION,
                Guarantee.EXACTLY_ONCE,
                config.ledger(),
                Set.of(PaymentTopics.LEDGER_POSTINGS.name(), PaymentTopics.ACCOUNT_VIEW.name()),
                TopicCatalogue.PAYMENTS_DEAD_LETTERS.name(),
                builder -> wire(builder, serdes));
    }

    private static void wire(StreamsBuilder builder, AvroSerdes serdes) {
        builder.stream(
                        PaymentTopics.LEDGER_POSTINGS.name(),
                        Consumed.with(Serdes.String(), serdes.valueSerde(LedgerPosting.class))
                                .withName("ledger-postings-in"))
                .flatMap(
                        (orderId, posting) -> AccountRules.legs(posting).stream()
                                .map(leg -> KeyValue.pair(leg.getKey(), leg.getValue()))
                                .toList(),
                        Named.as("legs"))
                .repartition(Repartitioned.with(
                                Serdes.String(), BinaryAvroSerde.of(LedgerLeg.getEncoder(), LedgerLeg.getDecoder()))
                        .withName(Names.LEGS))
                .process(
                        SuppliedProcessor.of(
                                AccountProcessor::new,
                                Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(Names.ACCOUNTS),
                                        Serdes.String(),
                                        BinaryAvroSerde.of(AccountView.getEncoder(), AccountView.getDecoder()))),
                        Named.as("accounts"))
                .to(
                        PaymentTopics.ACCOUNT_VIEW.name(),
                        Produced.with(Serdes.String(), serdes.valueSerde(AccountView.class))
                                .withName("accounts-view-out"));
    }
}
