package io.gamestream.local.dlq;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The dead letters in Kafka, and what became of the keys that they are about. */
public final class RecordLetters {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final KafkaSettings kafka;

    public RecordLetters(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** All of them, by topic, oldest first. */
    public List<RecordLetter> all() {
        List<RecordLetter> letters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            for (TopicSpec topic : TopicCatalogue.deadLetters()) {
                read(consumer, partitions(consumer, topic.name()), 0, record -> letters.add(RecordLetter.of(record)));
            }
        }
        return letters;
    }

    /** One of them; empty where there is none, or none any more. */
    public Optional<RecordLetter> find(LetterId id) {
        List<RecordLetter> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            if (partitions(consumer, id.topic()).contains(id.where())) {
                read(consumer, List.of(id.where()), id.offset(), record -> {
                    if (record.offset() == id.offset()) {
                        found.add(RecordLetter.of(record));
                    }
                });
            }
        }
        return found.stream().findFirst();
    }

    /** Whether the letter's key has got another record since, in the topic that it came from. */
    boolean isSuperseded(RecordLetter letter) {
        AtomicBoolean newer = new AtomicBoolean();
        TopicPartition origin = Objects.requireNonNull(letter.origin(), "a letter with an origin");
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            read(consumer, List.of(origin), letter.offset() + 1, record -> {
                if (Arrays.equals(record.key(), letter.key())) {
                    newer.set(true);
                }
            });
        }
        return newer.get();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "dlq");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** To the end as it is now. */
    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            long from,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> consumer.seek(partition, Math.max(from, begins.getOrDefault(partition, 0L))));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
            int count = 0;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                each.accept(record);
                count++;
            }
            if (count > 0) {
                until = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > until) {
                throw new TimeoutException(partitions + " could not be read to the end");
            }
        }
    }
}
