package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A {@code read_committed} reader that follows all along, whatever dies: what it saw must be there in the end. */
final class Tail implements AutoCloseable {

    /** The saga's store as a topic. */
    static final String STORE = "payments-payment-sagas-changelog";

    static final List<String> TOPICS = List.of(
            PaymentTopics.JOURNAL.name(),
            PaymentTopics.PSP_COMMANDS.name(),
            PaymentTopics.PSP_RESULTS.name(),
            PaymentTopics.ORDER_COMMANDS.name(),
            STORE);

    /** Those whose records are compared with the end. */
    static final Set<String> COMPARED = Set.of(PaymentTopics.JOURNAL.name(), PaymentTopics.PSP_COMMANDS.name());

    private static final Duration POLL = Duration.ofMillis(100);

    private final TopicReader reader;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Map<String, PaymentSaga> sagas = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "tail");
    private volatile boolean closed;
    private volatile long changedNanos = System.nanoTime();

    Tail(TopicReader reader) {
        this.reader = reader;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Records of a topic so far. */
    long count(String topic) {
        return counts.getOrDefault(topic, 0L);
    }

    Map<String, Long> seen() {
        return Map.copyOf(seen);
    }

    /** Each order as the store has it. */
    Map<String, PaymentSaga> sagas() {
        return sagas;
    }

    /** How long nothing has come. */
    Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - changedNanos);
    }

    static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    static long digest(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(Duration.ofSeconds(10).toMillis());
    }

    private void run() {
        try (KafkaConsumer<String, byte[]> consumer = reader.consumer("read_committed", new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            TOPICS.forEach(topic -> all.addAll(TopicReader.partitions(consumer, topic)));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (!closed) {
                try {
                    consumer.poll(POLL).forEach(this::take);
                } catch (KafkaException e) {
                    // The broker was away for long; the positions are kept.
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        changedNanos = System.nanoTime();
        counts.merge(record.topic(), 1L, Long::sum);
        if (record.value() == null) {
            return;
        }
        if (COMPARED.contains(record.topic())) {
            seen.put(place(record), digest(record.value()));
        } else if (record.topic().equals(STORE)) {
            sagas.put(record.key(), saga(record.value()));
        }
    }

    static PaymentSaga saga(byte[] bytes) {
        try {
            return PaymentSaga.getDecoder().decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a record of " + STORE, e);
        }
    }
}
