package io.gamestream.local.load;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.load.LoadProgress;
import io.gamestream.schemas.load.PartitionRange;
import io.gamestream.schemas.sessions.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a {@code read_committed} reader finds of a load.
 *
 * @param plays records
 * @param distinct different ids among them; fewer than {@code plays} would mean that some were loaded twice
 */
public record PlayCount(long plays, long distinct) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Reads only the ranges that the load wrote to: the topic may be much longer. */
    static PlayCount read(KafkaSettings settings, Deserializer<Play> values, LoadProgress progress, String idPrefix) {
        Map<TopicPartition, PartitionRange> ranges = progress.getRanges().stream()
                .collect(Collectors.toMap(
                        range -> new TopicPartition(progress.getTopic(), range.getPartition()), range -> range));
        Map<String, Object> properties = KafkaClients.consumer(settings, "load-count");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        long plays = 0;
        Set<String> ids = new HashSet<>();
        try (KafkaConsumer<String, Play> consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values)) {
            consumer.assign(ranges.keySet());
            ranges.forEach((partition, range) -> consumer.seek(partition, range.getFirst()));
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!pause(consumer, ranges)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new LoadException("topic " + progress.getTopic() + " can't be read within "
                            + PATIENCE.toSeconds() + " s (an open transaction in it may hold readers back)");
                }
                for (ConsumerRecord<String, Play> record : consumer.poll(Duration.ofMillis(200))) {
                    String id = record.value().getId();
                    if (id.startsWith(idPrefix)) {
                        plays++;
                        ids.add(id);
                    }
                }
            }
        } catch (OffsetOutOfRangeException e) {
            throw new LoadException(
                    "topic " + progress.getTopic() + " no longer holds all that this load wrote: " + e.getMessage()
                            + " (its retention or someone has deleted records; they are not loaded again)",
                    e);
        }
        return new PlayCount(plays, ids.size());
    }

    /** Pauses the partitions that are read to the end of their range; true when all are. */
    private static boolean pause(KafkaConsumer<?, ?> consumer, Map<TopicPartition, PartitionRange> ranges) {
        List<TopicPartition> done = ranges.entrySet().stream()
                .filter(entry ->
                        consumer.position(entry.getKey()) > entry.getValue().getLast())
                .map(Map.Entry::getKey)
                .toList();
        consumer.pause(done);
        return done.size() == ranges.size();
    }
}
