package io.gamestream.bench.cdc;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the committed rows of a topic as they come, and tells of each. */
final class CommittedReader implements AutoCloseable {

    /** Is told of each record. */
    @FunctionalInterface
    interface Seen {
        void at(String key, long nanoTime);
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;
    private volatile Seen seen = (key, nanoTime) -> {};

    CommittedReader(KafkaSettings kafka, String topic) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "bench-reader");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(() -> read(topic), "bench-reader");
        thread.start();
    }

    void onRecord(Seen listener) {
        seen = listener;
    }

    /** Records so far. */
    long count() {
        return count.get();
    }

    /** Bytes of their values so far. */
    long bytes() {
        return bytes.get();
    }

    private void read(String topic) {
        try (consumer) {
            List<PartitionInfo> partitions = partitions(topic);
            consumer.assign(partitions.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (!closed) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(100));
                long now = System.nanoTime();
                records.forEach(record -> {
                    seen.at(record.key(), now);
                    bytes.addAndGet(record.value() == null ? 0 : record.value().length);
                });
                count.addAndGet(records.count());
            }
        } catch (WakeupException e) {
            // close() wants us to end.
        }
    }

    /** The capture creates the topic when it starts. */
    private List<PartitionInfo> partitions(String topic) {
        while (!closed) {
            List<PartitionInfo> found =
                    consumer.listTopics(Duration.ofSeconds(10)).get(topic);
            if (found != null && !found.isEmpty()) {
                return found;
            }
            // Asking without a pause would be a load of its own while the capture starts.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new WakeupException();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        thread.join();
    }
}
