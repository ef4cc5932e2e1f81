package io.gamestream.acceptance;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.local.psp.log.TruthLog;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is known of orders' money: by our own committed topics, and by the simulated PSP's own log. Not thread-safe. */
final class Money implements AutoCloseable {

    private static final List<String> TOPICS = List.of(
            PaymentTopics.PAYMENT_VIEW.name(),
            PaymentTopics.ENTITLEMENTS.name(),
            PaymentTopics.EVENTS.name(),
            PaymentTopics.LEDGER_POSTINGS.name());

    private final Path truth;
    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final Map<String, PaymentView> views = new HashMap<>();
    private final Map<String, OrderEntitlements> entitlements = new HashMap<>();
    private final Map<String, List<PaymentEvent>> events = new HashMap<>();
    private final Map<String, List<LedgerPosting>> postings = new HashMap<>();

    Money(Product product) {
        this.truth = product.psp().resolve("psp-truth.jsonl");
        this.consumer = new KafkaConsumer<>(
                KafkaClients.consumer(product.stack().kafka(), "money"),
                new StringDeserializer(),
                new AvroSerdes(product.stack().registry())
                        .<SpecificRecord>valueSerde()
                        .deserializer());
        List<TopicPartition> all = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Reads what is new; the maps of this object are as new as the last call. */
    Money refresh() {
        for (ConsumerRecord<String, SpecificRecord> record : consumer.poll(Duration.ofMillis(50))) {
            SpecificRecord value = record.value();
            if (value instanceof PaymentView view) {
                views.put(record.key(), view);
            } else if (value instanceof OrderEntitlements granted) {
                entitlements.put(record.key(), granted);
            } else if (value instanceof PaymentEvent event) {
                events.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(event);
            } else if (value instanceof LedgerPosting posting) {
                postings.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(posting);
            }
        }
        return this;
    }

    /** The state, such as COMPLETED; empty where nothing is known of the order. */
    String status(String orderId) {
        PaymentView view = views.get(orderId);
        return view == null ? "" : view.getStatus().name();
    }

    PaymentView view(String orderId) {
        return views.getOrDefault(orderId, new PaymentView());
    }

    /** Such as {@code pay-1 ACTIVE}. */
    List<String> grants(String orderId) {
        OrderEntitlements granted = entitlements.get(orderId);
        return granted == null
                ? List.of()
                : granted.getGrants().stream()
                        .map(grant -> grant.getGameId() + " " + grant.getState())
                        .toList();
    }

    List<String> events(String orderId) {
        return events.getOrDefault(orderId, List.of()).stream()
                .map(event -> event.getType().name())
                .toList();
    }

    List<LedgerPosting> postings(String orderId) {
        return postings.getOrDefault(orderId, List.of());
    }

    /** By order: how many charges the PSP has taken money with. */
    Map<String, Long> charges() {
        Map<String, Charge> newest = new HashMap<>();
        TruthLog.read(truth, (entry, ref) -> {
            if (entry instanceof Entry.Change change) {
                for (PspObject object : change.objects()) {
                    if (object instanceof Charge charge) {
                        newest.put(charge.id(), charge);
                    }
                }
            }
        });
        Map<String, Long> byOrder = new HashMap<>();
        Stream<Charge> taken = newest.values().stream().filter(Charge::taken);
        taken.forEach(charge -> byOrder.merge(charge.metadata().getOrDefault("order_id", charge.id()), 1L, Long::sum));
        return byOrder;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
