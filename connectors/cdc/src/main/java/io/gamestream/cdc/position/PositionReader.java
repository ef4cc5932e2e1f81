package io.gamestream.cdc.position;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.cdc.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Finds the last committed position of a slot. */
public final class PositionReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The last position is close to the end; the topic may hold gigabytes that compaction hasn't reached. */
    private static final long FIRST_WINDOW = 100;

    private final KafkaSettings kafka;
    private final Deserializer<Position> values;
    private final TopicPartition partition;

    public PositionReader(KafkaSettings kafka, Deserializer<Position> values, String topic) {
        this.kafka = kafka;
        this.values = values;
        this.partition = new TopicPartition(topic, 0);
    }

    /**
     * Reads what is committed at this moment; call it after the slot's open transactions have been settled. An open
     * transaction of another slot hides what was committed after it, ours too: it is waited for.
     *
     * @throws TimeoutException where the broker doesn't answer, or another slot's transaction stays open
     */
    public Optional<Checkpoint> last(String slot) {
        return last(slot, writtenEnd(slot));
    }

    /** What readers see of it at this moment; nothing behind an open transaction, and nobody is waited for. */
    public Optional<Checkpoint> visible(String slot) {
        return last(slot, end(slot, "read_committed"));
    }

    private Optional<Checkpoint> last(String slot, long end) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "cdc-" + slot + "-position");
        try (KafkaConsumer<String, Position> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), values)) {
            consumer.assign(List.of(partition));
            long start = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            Position found = null;
            long window = FIRST_WINDOW;
            for (long from = end; found == null && from > start; window *= 10) {
                from = Math.max(start, end - window);
                found = lastBetween(consumer, slot, from, end);
            }
            return Optional.ofNullable(found).map(Checkpoint::of);
        }
    }

    /** With what isn't committed yet; the end that {@code read_committed} readers are told is before it. */
    private long writtenEnd(String slot) {
        return end(slot, "read_uncommitted");
    }

    private long end(String slot, String isolation) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "cdc-" + slot + "-position-end");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    private @Nullable Position lastBetween(KafkaConsumer<String, Position> consumer, String slot, long from, long end) {
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long before = from;
        Position last = null;
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, Position> record : consumer.poll(POLL)) {
                if (slot.equals(record.key())) {
                    last = record.value();
                }
            }
            long position = consumer.position(partition);
            if (position > before) {
                // However long it takes: it gets somewhere.
                before = position;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("nothing read from " + partition + " within " + PATIENCE.toSeconds() + " s: "
                        + reason(position, end, end(slot, "read_committed")));
            }
        }
        return last;
    }

    /** Why nothing comes; {@code lastStable} is where what may be read ends. */
    static String reason(long position, long end, long lastStable) {
        return position < lastStable
                ? "the broker does not send what is committed (at offset " + position + " of " + end + ")"
                : "another slot's transaction is open at offset " + lastStable + " of " + end
                        + ", a capture that is stuck or a hanging transaction, which kafka-transactions.sh find-hanging"
                        + " names and abort ends";
    }
}
