package io.gamestream.local.load;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.load.LoadProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic in which each load keeps how far it is. A topic and not a group's committed offsets: those expire a week after
 * the load, and a repeated run would then load everything a second time.
 */
final class ProgressLog {

    static final TopicPartition PARTITION = new TopicPartition(TopicCatalogue.LOAD_PROGRESS.name(), 0);

    /** Longer than any load's transaction may stay open, since an open one of another load hides what lies behind it. */
    private static final Duration PATIENCE = ExactlyOnceLoad.TRANSACTION_TIMEOUT.multipliedBy(3);

    private final KafkaSettings settings;
    private final Deserializer<LoadProgress> values;

    ProgressLog(KafkaSettings settings, Deserializer<LoadProgress> values) {
        this.settings = settings;
        this.values = values;
    }

    /**
     * The last committed progress. Only exact for a caller whose transactional producer has been initialised, so that no
     * transaction of an earlier run of the same load is open any more.
     */
    Optional<LoadProgress> read(String load, Admin admin) throws ExecutionException, InterruptedException {
        long end = admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                .partitionResult(PARTITION)
                .get()
                .offset();
        @Nullable LoadProgress last = null;
        try (KafkaConsumer<String, LoadProgress> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(settings, "load-progress"), new StringDeserializer(), values)) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            Instant deadline = Instant.now().plus(PATIENCE);
            while (consumer.position(PARTITION) < end) {
                if (Instant.now().isAfter(deadline)) {
                    throw new LoadException(
                            "topic " + PARTITION.topic() + " can't be read to its end at " + end
                                    + " within " + PATIENCE.toSeconds()
                                    + " s (expected: no transaction that stays open in it; see kafka-transactions.sh find-hanging)");
                }
                for (ConsumerRecord<String, LoadProgress> record : consumer.poll(Duration.ofMillis(200))) {
                    last = load.equals(record.key()) ? record.value() : last;
                }
            }
        }
        return Optional.ofNullable(last);
    }
}
