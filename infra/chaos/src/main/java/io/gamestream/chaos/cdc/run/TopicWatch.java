package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.workload.Sentinel;
import io.gamestream.schemas.catalog.Game;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Looks at the ends of the topic while the run goes on. For one thread. */
final class TopicWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> committed;
    private final KafkaConsumer<String, byte[]> uncommitted;
    private final List<TopicPartition> partitions;
    private final Deserializer<Game> games;

    TopicWatch(GameTopic topic, Deserializer<Game> games) {
        this.games = games;
        committed = topic.consumer("read_committed", new ByteArrayDeserializer());
        uncommitted = topic.consumer("read_uncommitted", new ByteArrayDeserializer());
        partitions = topic.partitions(committed);
        committed.assign(partitions);
        uncommitted.assign(partitions);
        committed.seekToEnd(partitions);
        partitions.forEach(committed::position);
    }

    /** Sum of the ends that {@code read_committed} readers see. */
    long visible() {
        return sum(committed);
    }

    /** Sum of the ends with everything that was ever sent, committed or not. */
    long written() {
        return sum(uncommitted);
    }

    /**
     * Reads on until that write of the sentinel is there.
     *
     * @return false where it did not come in time
     */
    boolean awaitSentinel(long seq, Duration within, Runnable meanwhile) {
        long deadline = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> record : committed.poll(POLL)) {
                if (Sentinel.KEY.equals(record.key())
                        && record.value() != null
                        && games.deserialize(record.topic(), record.value()).getPriceMinor() >= seq) {
                    return true;
                }
            }
            meanwhile.run();
        }
        return false;
    }

    @Override
    public void close() {
        committed.close();
        uncommitted.close();
        games.close();
    }

    private long sum(KafkaConsumer<?, ?> consumer) {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
