package io.gamestream.serving.position;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the tracker asks Kafka for. Every call blocks for at most a few seconds. */
final class Offsets {

    private static final long ASK_WITHIN_MILLIS = 3_000;

    private final Admin admin;
    private final Map<String, Set<TopicPartition>> partitions = new HashMap<>();

    Offsets(Admin admin) {
        this.admin = admin;
    }

    /** Kafka did not answer, or has no such topic (yet). */
    static final class UnknownException extends Exception {

        private static final long serialVersionUID = 1L;

        UnknownException(Throwable cause) {
            super(cause);
        }
    }

    /** What groups have committed, by group; partitions without a commit are missing. */
    Map<String, Map<TopicPartition, Long>> committed(Map<String, Set<TopicPartition>> wanted)
            throws UnknownException, InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        wanted.forEach((group, of) -> specs.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(of)));
        Map<String, Map<TopicPartition, Long>> found = new HashMap<>();
        Map<String, Map<TopicPartition, OffsetAndMetadata>> answer =
                answer(admin.listConsumerGroupOffsets(specs).all());
        for (Map.Entry<String, Map<TopicPartition, OffsetAndMetadata>> group : answer.entrySet()) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            group.getValue().forEach((at, offset) -> {
                if (offset != null) {
                    offsets.put(at, offset.offset());
                }
            });
            found.put(group.getKey(), offsets);
        }
        return found;
    }

    /**
     * Where topics end, open transactions included: the offsets of a group become visible a moment before all partitions of
     * its transaction are marked as committed, so the end of what is committed could be too early. A topic that isn't there holds
     * nothing: that of a service which never ran must not keep all other views from being proven.
     */
    Map<TopicPartition, Long> ends(Collection<String> topics) throws UnknownException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (String topic : topics) {
            partitionsOf(topic).forEach(at -> wanted.put(at, OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        if (wanted.isEmpty()) {
            return ends;
        }
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                answer(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all());
        answer.forEach((at, info) -> ends.put(at, info.offset()));
        return ends;
    }

    private Set<TopicPartition> partitionsOf(String topic) throws UnknownException, InterruptedException {
        Set<TopicPartition> known = partitions.get(topic);
        if (known != null) {
            return known;
        }
        Set<TopicPartition> found = new HashSet<>();
        for (TopicPartitionInfo partition : describe(topic)) {
            found.add(new TopicPartition(topic, partition.partition()));
        }
        if (!found.isEmpty()) {
            partitions.put(topic, found);
        }
        return found;
    }

    private List<TopicPartitionInfo> describe(String topic) throws UnknownException, InterruptedException {
        try {
            TopicDescription description =
                    answer(admin.describeTopics(Set.of(topic)).allTopicNames()).get(topic);
            return description == null ? List.of() : description.partitions();
        } catch (UnknownException e) {
            if (e.getCause() instanceof ExecutionException failed
                    && failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    private static <T> T answer(KafkaFuture<T> future) throws UnknownException, InterruptedException {
        try {
            return future.get(ASK_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnknownException(e);
        }
    }
}
