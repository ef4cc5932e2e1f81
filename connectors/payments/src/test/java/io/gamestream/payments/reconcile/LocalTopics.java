package io.gamestream.payments.reconcile;

import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.payments.CauseKind;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.PaymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes ledger and journal as the saga does, in transactions, and reads what reconciliation has written. */
final class LocalTopics {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stack stack;
    private final AvroSerdes serdes;

    LocalTopics(Stack stack, AvroSerdes serdes) {
        this.stack = stack;
        this.serdes = serdes;
    }

    /** @param commit whether readers will ever see it */
    void write(List<LedgerPosting> ledger, List<PaymentView> journal, boolean commit) {
        Map<String, Object> properties = KafkaClients.producer(stack.kafka(), "test");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test-" + UUID.randomUUID());
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                properties,
                new StringSerializer(),
                serdes.<SpecificRecord>valueSerde().serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            ledger.forEach(posting ->
                    send(producer, PaymentTopics.LEDGER_POSTINGS, posting.getOrderId(), posting.getAt(), posting));
            journal.forEach(view -> send(
                    producer,
                    PaymentTopics.JOURNAL,
                    view.getOrderId(),
                    view.getUpdatedAt(),
                    JournalEntry.newBuilder()
                            .setOrderId(view.getOrderId())
                            .setSeq(view.getSeq())
                            .setAt(view.getUpdatedAt())
                            .setActor("psp")
                            .setCauseKind(CauseKind.WEBHOOK)
                            .setCauseId("evt_" + view.getOrderId())
                            .setTransitions(List.of())
                            .setState(view)
                            .setPrevHash("")
                            .setHash("")
                            .build()));
            if (commit) {
                ProducerTransactions.commit(producer, PATIENCE);
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }

    private static void send(
            KafkaProducer<String, SpecificRecord> producer,
            TopicSpec topic,
            String key,
            Instant at,
            SpecificRecord value) {
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic.name(), null, at.toEpochMilli(), key, value));
    }

    /** Where the topic ends now. */
    Map<TopicPartition, Long> end(TopicSpec topic) {
        try (KafkaConsumer<String, SpecificRecord> consumer = consumer()) {
            consumer.assign(consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition()))
                    .toList());
            return new HashMap<>(consumer.endOffsets(consumer.assignment()));
        }
    }

    /** What was written since. */
    <T extends SpecificRecord> List<T> since(Map<TopicPartition, Long> start, TopicSpec topic, Class<T> type) {
        Map<TopicPartition, Long> ends = end(topic);
        List<T> all = new ArrayList<>();
        try (KafkaConsumer<String, SpecificRecord> consumer = consumer()) {
            consumer.assign(start.keySet());
            start.forEach(consumer::seek);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException(topic.name() + " could not be read to its end");
                }
                for (ConsumerRecord<String, SpecificRecord> record : consumer.poll(Duration.ofMillis(200))) {
                    all.add(type.cast(record.value()));
                }
            }
        }
        return all;
    }

    private KafkaConsumer<String, SpecificRecord> consumer() {
        return new KafkaConsumer<>(
                KafkaClients.consumer(stack.kafka(), "test"),
                new StringDeserializer(),
                serdes.<SpecificRecord>valueSerde().deserializer());
    }
}
