package io.gamestream.topology.catalog;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.internal.catalog.LibraryGrant;
import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.internal.catalog.SalesDelta;
import io.gamestream.schemas.internal.catalog.UserLibrary;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.topology.streams.BinaryAvroSerde;
import io.gamestream.topology.streams.Guarantee;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.StreamsTuning;
import io.gamestream.topology.streams.SuppliedProcessor;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Orders to libraries by user and sales by game, exactly once:
 *
 * <pre>
 * orders       -> order-change       -+-> grants -> (library-grants) -> library [user-libraries] -> views.library
 * entitlements -> entitlement-change -+-> deltas -> (sales-deltas)   -> sales   [game-sales]     -> views.sales
 *                 both [order-contributions, order-entitlements]
 * </pre>
 *
 * <p>A library or a game's sales is written once per transaction, however many orders of the transaction change it.
 */
public final class SalesTopology {

    /** Names of the application, its nodes, stores and internal topics. */
    static final class Names {

        static final String APPLICATION = "catalog-sales";
        static final String CONTRIBUTIONS = "order-contributions";
        static final String ENTITLEMENTS = "order-entitlements";
        static final String LIBRARIES = "user-libraries";
        static final String SALES = "game-sales";
        static final String GRANTS = "library-grants";
        static final String DELTAS = "sales-deltas";

        private Names() {}

        /** As Kafka Streams names the topic. */
        static String repartitionTopic(String name) {
            return APPLICATION + "-" + name + "-repartition";
        }
    }

    private SalesTopology() {}

    /** The application as it is started. */
    public static StreamsSpec spec(AvroSerdes serdes, StreamsTuning tuning) {
        return new StreamsSpec(
                Names.APPLICATION,
                Guarantee.EXACTLY_ONCE,
                tuning,
                Set.of(
                        TopicCatalogue.ORDERS.name(),
                        PaymentTopics.ENTITLEMENTS.name(),
                        TopicCatalogue.LIBRARY_VIEW.name(),
                        TopicCatalogue.SALES_VIEW.name()),
                TopicCatalogue.CATALOG_DEAD_LETTERS.name(),
                builder -> wire(builder, serdes));
    }

    private static void wire(StreamsBuilder builder, AvroSerdes serdes) {
        StoreBuilder<KeyValueStore<String, OrderContribution>> rows = contributions(Names.CONTRIBUTIONS);
        StoreBuilder<KeyValueStore<String, OrderContribution>> entitlements = contributions(Names.ENTITLEMENTS);
        KStream<String, OrderChange> changes = builder.stream(
                        TopicCatalogue.ORDERS.name(),
                        Consumed.with(Serdes.String(), serdes.valueSerde(Order.class))
                                .withName("order-facts"))
                .process(
                        SuppliedProcessor.of(OrderChangeProcessor::ofRows, rows, entitlements),
                        Named.as("order-change"))
                .merge(
                        builder.stream(
                                        PaymentTopics.ENTITLEMENTS.name(),
                                        Consumed.with(Serdes.String(), serdes.valueSerde(OrderEntitlements.class))
                                                .withName("entitlements"))
                                .process(
                                        SuppliedProcessor.of(OrderChangeProcessor::ofEntitlements, rows, entitlements),
                                        Named.as("entitlement-change")),
                        Named.as("changes"));
        libraries(changes, serdes.valueSerde(LibraryView.class));
        sales(changes, serdes.valueSerde(SalesView.class));
    }

    private static void libraries(KStream<String, OrderChange> changes, Serde<LibraryView> serde) {
        changes.flatMap(
                        (orderId, change) ->
                                OrderRules.grants(orderId, change.before(), change.after(), change.lsn())
                                        .entrySet()
                                        .stream()
                                        .map(grant -> KeyValue.pair(grant.getKey(), grant.getValue()))
                                        .toList(),
                        Named.as("grants"))
                .repartition(Repartitioned.with(
                                Serdes.String(),
                                BinaryAvroSerde.of(LibraryGrant.getEncoder(), LibraryGrant.getDecoder()))
                        .withName(Names.GRANTS))
                .groupByKey()
                .aggregate(
                        LibraryRules::empty,
                        (userId, grant, library) -> LibraryRules.fold(library, grant),
                        Named.as("library"),
                        folded(Names.LIBRARIES, BinaryAvroSerde.of(UserLibrary.getEncoder(), UserLibrary.getDecoder())))
                .toStream(Named.as("libraries"))
                .mapValues((userId, library) -> LibraryRules.view(userId, library), Named.as("library-page"))
                .to(
                        TopicCatalogue.LIBRARY_VIEW.name(),
                        Produced.with(Serdes.String(), serde).withName("library-view"));
    }

    private static void sales(KStream<String, OrderChange> changes, Serde<SalesView> serde) {
        changes.flatMap(
                        (orderId, change) ->
                                OrderRules.deltas(change.before(), change.after(), change.lsn()).entrySet().stream()
                                        .map(delta -> KeyValue.pair(delta.getKey(), delta.getValue()))
                                        .toList(),
                        Named.as("deltas"))
                .repartition(Repartitioned.with(
                                Serdes.String(), BinaryAvroSerde.of(SalesDelta.getEncoder(), SalesDelta.getDecoder()))
                        .withName(Names.DELTAS))
                .groupByKey()
                .aggregate(
                        SalesRules::none,
                        SalesRules::fold,
                        Named.as("sales"),
                        folded(Names.SALES, BinaryAvroSerde.of(SalesView.getEncoder(), SalesView.getDecoder())))
                .toStream(Named.as("sums"))
                .to(
                        TopicCatalogue.SALES_VIEW.name(),
                        Produced.with(Serdes.String(), serde).withName("sales-view"));
    }

    private static StoreBuilder<KeyValueStore<String, OrderContribution>> contributions(String name) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name),
                Serdes.String(),
                BinaryAvroSerde.of(OrderContribution.getEncoder(), OrderContribution.getDecoder()));
    }

    /**
     * A store whose cache gathers what a transaction does to one key: a library is written whole, so that a player's thousand
     * orders, one by one, would write half a million lines.
     */
    private static <T> Materialized<String, T, KeyValueStore<Bytes, byte[]>> folded(String name, Serde<T> values) {
        return Materialized.<String, T, KeyValueStore<Bytes, byte[]>>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(values)
                .withCachingEnabled();
    }
}
