package io.gamestream.chaos.kit;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginning to where they end now. */
public final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KafkaSettings kafka;

    public TopicReader(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** A consumer without a group; its owner closes it. */
    public <V> KafkaConsumer<String, V> consumer(String isolation, Deserializer<V> values) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "chaos");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(properties, new StringDeserializer(), values);
    }

    /** Every record that a {@code read_committed} reader sees. */
    public <V> void readAll(String topic, Deserializer<V> values, Consumer<ConsumerRecord<String, V>> each) {
        try (values;
                KafkaConsumer<String, V> consumer = consumer("read_committed", values)) {
            readAll(consumer, topic, each);
        }
    }

    /**
     * Every record that the consumer sees.
     *
     * @throws ChaosException where the topic doesn't end
     */
    public static <V> void readAll(
            KafkaConsumer<String, V> consumer, String topic, Consumer<ConsumerRecord<String, V>> each) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            int count = 0;
            for (ConsumerRecord<String, V> record : consumer.poll(POLL)) {
                each.accept(record);
                count++;
            }
            if (count > 0) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new ChaosException(topic + " could not be read to its end within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** All of a topic. */
    public static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
