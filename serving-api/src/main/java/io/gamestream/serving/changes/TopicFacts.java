package io.gamestream.serving.changes;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka for what a {@link ResumeCheck} needs. */
final class TopicFacts {

    private static final Duration WITHIN = Duration.ofSeconds(5);

    /** Kafka's own default of {@code delete.retention.ms}, where we may not read the topic's. */
    private static final Duration KAFKA_DEFAULT = Duration.ofDays(1);

    private final Admin admin;

    TopicFacts(Admin admin) {
        this.admin = admin;
    }

    /** @throws IllegalStateException where Kafka doesn't say, with the reason */
    ResumeCheck of(String topic) throws InterruptedException {
        try {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next();
            int partitions = description.partitions().size();
            ListOffsetsResult earliest = offsets(topic, partitions, OffsetSpec.earliest());
            ListOffsetsResult latest = offsets(topic, partitions, OffsetSpec.latest());
            return new ResumeCheck(
                    description.topicId(),
                    wait(topic, partitions, earliest),
                    wait(topic, partitions, latest),
                    kept(topic));
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell about " + topic + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka does not tell about " + topic + " within " + WITHIN.toSeconds() + " s", e);
        }
    }

    private ListOffsetsResult offsets(String topic, int partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            wanted.put(new TopicPartition(topic, partition), spec);
        }
        return admin.listOffsets(wanted);
    }

    private static StreamPosition.Offsets wait(String topic, int partitions, ListOffsetsResult result)
            throws InterruptedException, ExecutionException, TimeoutException {
        long[] offsets = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            offsets[partition] = result.partitionResult(new TopicPartition(topic, partition))
                    .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        }
        return new StreamPosition.Offsets(offsets);
    }

    private Duration kept(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            @Nullable
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .get(resource);
            ConfigEntry entry = config == null ? null : config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG);
            return entry == null ? KAFKA_DEFAULT : Duration.ofMillis(Long.parseLong(entry.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return KAFKA_DEFAULT;
            }
            throw e;
        }
    }
}
