package io.gamestream.payments.reconcile;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.ReconciliationBreak;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Ledger, journal and earlier breaks, as a {@code read_committed} reader sees them. */
final class LocalBooks {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    LocalBooks(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /** The ledger's postings since then; of one order in their order. */
    void postings(Instant since, Consumer<LedgerPosting> each) {
        read(PaymentTopics.LEDGER_POSTINGS, LedgerPosting.class, since, each);
    }

    /** Each state that an order has had since then, its newest one last. */
    void journal(Instant since, Consumer<PaymentView> each) {
        read(PaymentTopics.JOURNAL, JournalEntry.class, since, entry -> each.accept(entry.getState()));
    }

    /**
     * Breaks that are open, by id. The topic is read from its beginning: it has what has changed and a few reminders, not what
     * each run has found.
     *
     * @throws TooManyBreaksException for more than {@code max} of them
     */
    Map<String, ReconciliationBreak> open(int max) {
        Map<String, ReconciliationBreak> open = new HashMap<>();
        read(PaymentTopics.RECONCILIATION_BREAKS, ReconciliationBreak.class, Instant.EPOCH, one -> {
            if (one.getStatus() == BreakStatus.OPEN) {
                open.put(one.getBreakId(), one);
            } else {
                open.remove(one.getBreakId());
            }
        });
        if (open.size() > max) {
            throw new TooManyBreaksException("more than " + max + " breaks that are open");
        }
        return open;
    }

    private <T extends SpecificRecord> void read(TopicSpec topic, Class<T> type, Instant since, Consumer<T> each) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, ReconciliationService.NAME);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(
                properties, new StringDeserializer(), serdes.valueSerde(type).deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, partitions, ends, since);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                int count = 0;
                for (ConsumerRecord<String, T> record : consumer.poll(POLL)) {
                    each.accept(record.value());
                    count++;
                }
                if (count > 0) {
                    until = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > until) {
                    throw new TimeoutException(topic.name() + " could not be read to its end");
                }
            }
        }
    }

    private static void seek(
            KafkaConsumer<?, ?> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> from = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp at = from.get(partition);
            consumer.seek(partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset());
        }
    }
}
