package io.gamestream.cdc.capture;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys that a topic has and a table has not any more: after a snapshot into a topic that wasn't empty, those which the
 * snapshot didn't write again; after a truncation, all. Reads a partition once, or more often where its keys don't fit the
 * memory: then each time a part of them.
 */
final class Sweep {

    /** A sixth of the capture's heap: some 400,000 keys of the length of a UUID. The engine's queue takes another. */
    static final long MAX_BYTES = 64L << 20;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaSettings kafka;
    private final String clientId;
    private final long maxBytes;

    Sweep(KafkaSettings kafka, String clientId, long maxBytes) {
        this.kafka = kafka;
        this.clientId = clientId;
        this.maxBytes = maxBytes;
    }

    /** The end of each partition's log; none of our transactions may be open. */
    Map<Integer, Long> ends(String topic, int partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        Map<Integer, Long> ends = new TreeMap<>();
        logEnds(all).forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }

    /**
     * Tells the keys whose last record is a value from before {@code base}, each once, part by part. None of our transactions
     * may be open, at the call and after each part.
     */
    void stale(TopicPartition partition, long base, Consumer<Set<ByteBuffer>> out) {
        if (base == 0) {
            return;
        }
        long end = logEnds(List.of(partition)).getOrDefault(partition, 0L);
        Deque<Slice> slices = new ArrayDeque<>(List.of(Slice.WHOLE));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            consumer.assign(List.of(partition));
            while (!slices.isEmpty()) {
                Slice slice = slices.pop();
                Set<ByteBuffer> keys = read(consumer, partition, end, new StaleKeys(slice, base, maxBytes));
                if (keys == null) {
                    slice.halves().forEach(slices::push);
                } else {
                    out.accept(keys);
                }
            }
        }
    }

    /** Null where they don't fit. */
    private static @Nullable Set<ByteBuffer> read(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long end, StaleKeys stale) {
        consumer.seekToBeginning(List.of(partition));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (!stale.take(record.offset(), record.key(), record.value() != null)) {
                    return null;
                }
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no records of " + partition + " for " + PATIENCE.toSeconds() + " s");
            }
        }
        return stale.keys();
    }

    /**
     * Uncommitted ends: a commit returns before all partitions have its marker, so that the committed end may still be short
     * of the rows that the snapshot has just written, and living keys would look stale. The committed reader gets here as
     * soon as the markers are written.
     */
    private Map<TopicPartition, Long> logEnds(Collection<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
            return consumer.endOffsets(partitions);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, clientId);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
