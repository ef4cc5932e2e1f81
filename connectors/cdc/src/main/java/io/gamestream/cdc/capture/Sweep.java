package io.gamestream.cdc.capture;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds keys that a topic has and a table has not any more: after a snapshot into a topic that wasn't empty, those which the
 * snapshot didn't write again; after a truncation, all. Holds the living keys of the older part in memory.
 */
final class Sweep {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaSettings kafka;
    private final String clientId;

    Sweep(KafkaSettings kafka, String clientId) {
        this.kafka = kafka;
        this.clientId = clientId;
    }

    /** The end of each partition's log; none of our transactions may be open. */
    Map<TopicPartition, Long> ends(String topic, int partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        return logEnds(all);
    }

    /** Keys whose last record is a value from before {@code base}; none of our transactions may be open. */
    Set<ByteBuffer> staleSince(Map<TopicPartition, Long> base) {
        Map<TopicPartition, Long> old = new HashMap<>(base);
        old.values().removeIf(end -> end == 0);
        Set<ByteBuffer> stale = new HashSet<>();
        if (old.isEmpty()) {
            return stale;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            consumer.assign(old.keySet());
            consumer.seekToBeginning(old.keySet());
            Map<TopicPartition, Long> ends = logEnds(old.keySet());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (behind(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    ByteBuffer key = ByteBuffer.wrap(record.key());
                    if (record.value() != null && record.offset() < base.getOrDefault(partition, 0L)) {
                        stale.add(key);
                    } else {
                        stale.remove(key);
                    }
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("no records of " + old.keySet() + " for " + PATIENCE.toSeconds() + " s");
                }
            }
        }
        return stale;
    }

    private static boolean behind(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (consumer.position(end.getKey()) < end.getValue()) {
                return true;
            }
        }
        return false;
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
