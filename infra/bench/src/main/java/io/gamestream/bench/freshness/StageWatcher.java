package io.gamestream.bench.freshness;

import io.gamestream.bench.load.Latencies;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where the time goes: how old changes are when readers of the facts, and of the views, get them. It reads one partition of
 * each, a quarter of all changes: two more readers of everything would be a tenth of the load.
 */
final class StageWatcher implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Latencies> ages =
            Map.of(TopicCatalogue.GAMES.name(), new Latencies(), TopicCatalogue.GAME_VIEW.name(), new Latencies());
    private final Thread thread;
    private volatile boolean closed;

    StageWatcher(KafkaSettings kafka) {
        consumer = new KafkaConsumer<>(
                KafkaClients.consumer(kafka, "bench-stages"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(this::read, "bench-stages");
        thread.start();
    }

    /** Of the facts, since the last call. */
    Latencies.Summary facts() {
        return take(TopicCatalogue.GAMES.name());
    }

    /** Of the views, since the last call. */
    Latencies.Summary views() {
        return take(TopicCatalogue.GAME_VIEW.name());
    }

    private Latencies.Summary take(String topic) {
        return ages.getOrDefault(topic, new Latencies()).take();
    }

    private void read() {
        try (consumer) {
            List<TopicPartition> partitions = ages.keySet().stream()
                    .map(topic -> new TopicPartition(topic, 0))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Header committed = record.headers().lastHeader("source-ts");
                    Latencies age = ages.get(record.topic());
                    if (committed != null && age != null) {
                        age.recordMicros(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())
                                - Long.parseLong(new String(committed.value(), StandardCharsets.UTF_8)));
                    }
                }
            }
        } catch (WakeupException e) {
            // close() wants us to end.
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        thread.join();
    }
}
