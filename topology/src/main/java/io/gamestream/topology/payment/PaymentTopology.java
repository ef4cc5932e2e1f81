package io.gamestream.topology.payment;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.WaitingWebhooks;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PspReference;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.WebhookEvent;
import io.gamestream.topology.streams.BinaryAvroSerde;
import io.gamestream.topology.streams.Guarantee;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.SuppliedProcessor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The saga, by order id, and the router of webhooks, by payment intent:
 *
 * <pre>
 * order-commands, psp-results, webhooks, routed-webhooks, admin-commands, reconciliation-breaks
 *   -> saga [payment-sagas, payment-timers]
 *   -> psp-commands, journal, views.payments, ledger-postings, entitlements, events, notifications, parked-orders, psp-references
 * unrouted-webhooks, psp-references -> router [webhook-routes, webhook-waits] -> routed-webhooks, parked-orders
 * </pre>
 */
public final class PaymentTopology {

    /** Names of the application, its nodes and stores. */
    static final class Names {

        static final String APPLICATION = "payments";
        static final String SAGA = "saga";
        static final String SAGAS = "payment-sagas";
        static final String TIMERS = "payment-timers";
        static final String ROUTER = "router";
        static final String ROUTES = "webhook-routes";
        static final String WAITS = "webhook-waits";

        private Names() {}

        /** Such as {@code journal-out} for {@code payments.journal.v1}. */
        static String sink(TopicSpec topic) {
            return noun(topic) + "-out";
        }

        static String source(TopicSpec topic) {
            return noun(topic) + "-in";
        }

        private static String noun(TopicSpec topic) {
            String[] parts = topic.name().split("\\.");
            return parts[0].equals("views") ? parts[1] + "-view" : parts[1];
        }
    }

    private PaymentTopology() {}

    /** The application as it is started. */
    public static StreamsSpec spec(AvroSerdes serdes, PaymentConfig config) {
        return new StreamsSpec(
                Names.APPLICATION,
                Guarantee.EXACTLY_ONCE,
                config.saga(),
                Set.of(
                        PaymentTopics.ORDER_COMMANDS.name(),
                        PaymentTopics.PSP_COMMANDS.name(),
                        PaymentTopics.PSP_RESULTS.name(),
                        PaymentTopics.WEBHOOKS.name(),
                        PaymentTopics.UNROUTED_WEBHOOKS.name(),
                        PaymentTopics.ROUTED_WEBHOOKS.name(),
                        PaymentTopics.PSP_REFERENCES.name(),
                        PaymentTopics.ADMIN_COMMANDS.name(),
                        PaymentTopics.JOURNAL.name(),
                        PaymentTopics.PAYMENT_VIEW.name(),
                        PaymentTopics.LEDGER_POSTINGS.name(),
                        PaymentTopics.ENTITLEMENTS.name(),
                        PaymentTopics.EVENTS.name(),
                        PaymentTopics.NOTIFICATIONS.name(),
                        PaymentTopics.PARKED_ORDERS.name(),
                        PaymentTopics.RECONCILIATION_BREAKS.name()),
                TopicCatalogue.PAYMENTS_DEAD_LETTERS.name(),
                builder -> new Wiring(builder, serdes, config).wire());
    }

    private record Wiring(StreamsBuilder builder, AvroSerdes serdes, PaymentConfig config) {

        void wire() {
            KStream<String, Decision> decisions = inputs().process(
                            SuppliedProcessor.of(
                                    () -> new PaymentProcessor(config),
                                    Stores.keyValueStoreBuilder(
                                            Stores.persistentKeyValueStore(Names.SAGAS),
                                            Serdes.String(),
                                            BinaryAvroSerde.of(PaymentSaga.getEncoder(), PaymentSaga.getDecoder())),
                                    DueIndex.store(Names.TIMERS)),
                            Named.as(Names.SAGA));
            decisions(decisions);
            router();
        }

        private KStream<String, PaymentInput> inputs() {
            KStream<String, PaymentInput> asked = stream(PaymentTopics.ORDER_COMMANDS, OrderCommand.class)
                    .processValues(AskedReader::new, Named.as("asked"));
            return asked.merge(
                            input(PaymentTopics.PSP_RESULTS, PspResult.class, PaymentInput.Answered::new),
                            Named.as("or-answered"))
                    .merge(
                            input(PaymentTopics.WEBHOOKS, WebhookEvent.class, PaymentInput.Told::new),
                            Named.as("or-told"))
                    .merge(
                            input(PaymentTopics.ROUTED_WEBHOOKS, WebhookEvent.class, PaymentInput.Told::new),
                            Named.as("or-routed"))
                    .merge(
                            input(PaymentTopics.ADMIN_COMMANDS, AdminCommand.class, PaymentInput.Administered::new),
                            Named.as("or-administered"))
                    .merge(
                            input(
                                    PaymentTopics.RECONCILIATION_BREAKS,
                                    ReconciliationBreak.class,
                                    PaymentInput.Differs::new),
                            Named.as("or-differs"));
        }

        private void decisions(KStream<String, Decision> decisions) {
            each(decisions, PaymentTopics.PSP_COMMANDS, Decision::commands);
            each(decisions, PaymentTopics.JOURNAL, decision -> one(decision.entry()));
            each(
                    decisions,
                    PaymentTopics.PAYMENT_VIEW,
                    decision -> decision.entry() == null
                            ? List.of()
                            : List.of(decision.entry().getState()));
            each(decisions, PaymentTopics.LEDGER_POSTINGS, Decision::postings);
            each(decisions, PaymentTopics.ENTITLEMENTS, decision -> one(decision.entitlements()));
            each(decisions, PaymentTopics.EVENTS, Decision::events);
            each(decisions, PaymentTopics.NOTIFICATIONS, Decision::notifications);
            each(decisions, PaymentTopics.PARKED_ORDERS, Decision::deadLetters);
            decisions
                    .flatMap(
                            (orderId, decision) -> decision.references().stream()
                                    .map(reference -> KeyValue.pair(reference.getIntentId(), reference))
                                    .toList(),
                            Named.as("psp-reference"))
                    .to(PaymentTopics.PSP_REFERENCES.name(), produced(PaymentTopics.PSP_REFERENCES));
        }

        private void router() {
            KStream<String, SpecificRecord> inputs = stream(PaymentTopics.UNROUTED_WEBHOOKS, WebhookEvent.class)
                    .mapValues(event -> (SpecificRecord) event, Named.as("unrouted"))
                    .merge(
                            stream(PaymentTopics.PSP_REFERENCES, PspReference.class)
                                    .mapValues(reference -> (SpecificRecord) reference, Named.as("referenced")),
                            Named.as("or-referenced"));
            KStream<String, RouteRules.Route> routes = inputs.process(
                    SuppliedProcessor.of(
                            () -> new RouteProcessor(config),
                            Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(Names.ROUTES),
                                    Serdes.String(),
                                    BinaryAvroSerde.of(WaitingWebhooks.getEncoder(), WaitingWebhooks.getDecoder())),
                            DueIndex.store(Names.WAITS)),
                    Named.as(Names.ROUTER));
            routes.flatMap(
                            (intentId, route) -> route.webhooks().stream()
                                    .map(event -> KeyValue.pair(Objects.requireNonNull(route.orderId()), event))
                                    .toList(),
                            Named.as("routed"))
                    .to(PaymentTopics.ROUTED_WEBHOOKS.name(), produced(PaymentTopics.ROUTED_WEBHOOKS));
            routes.flatMapValues(route -> one(route.deadLetter()), Named.as("orphans"))
                    .to(
                            PaymentTopics.PARKED_ORDERS.name(),
                            Produced.<String, ParkedOrder>with(Serdes.String(), serdes.valueSerde())
                                    .withName("orphans-out"));
        }

        private <V extends SpecificRecord> KStream<String, V> stream(TopicSpec topic, Class<V> type) {
            return builder.stream(
                    topic.name(),
                    Consumed.with(Serdes.String(), serdes.valueSerde(type)).withName(Names.source(topic)));
        }

        private <V extends SpecificRecord> KStream<String, PaymentInput> input(
                TopicSpec topic, Class<V> type, Function<V, PaymentInput> read) {
            return stream(topic, type)
                    .mapValues(
                            value -> {
                                if (value == null) {
                                    throw new BadRecordException("a record without a value");
                                }
                                return read.apply(value);
                            },
                            Named.as(Names.noun(topic) + "-read"));
        }

        private <V extends SpecificRecord> void each(
                KStream<String, Decision> decisions, TopicSpec topic, Function<Decision, List<V>> part) {
            decisions.flatMapValues(part::apply, Named.as(Names.noun(topic))).to(topic.name(), produced(topic));
        }

        private <V extends SpecificRecord> Produced<String, V> produced(TopicSpec topic) {
            return Produced.<String, V>with(Serdes.String(), serdes.valueSerde())
                    .withName(Names.sink(topic));
        }

        private static <V> List<V> one(@Nullable V value) {
            return value == null ? List.of() : List.of(value);
        }
    }
}
