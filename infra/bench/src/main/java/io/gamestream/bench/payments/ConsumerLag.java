package io.gamestream.bench.payments;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How many committed records the consumer groups of a broker are behind, each second from start to {@link #close}. */
final class ConsumerLag implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Admin admin;
    private final Thread thread;
    private final List<Map<String, Long>> samples = new ArrayList<>();
    private volatile boolean closed;
    private @Nullable Exception failure;

    private ConsumerLag(KafkaSettings kafka) {
        admin = Admin.create(KafkaClients.admin(kafka, "bench-lag"));
        thread = new Thread(this::watch, "consumer-lag");
    }

    static ConsumerLag watch(KafkaSettings kafka) {
        ConsumerLag lag = new ConsumerLag(kafka);
        lag.thread.start();
        return lag;
    }

    /** Of all groups together: the mean of the last third. */
    double atTheEnd() {
        return mean(third(2));
    }

    /** The group that was furthest behind in the last third, and its mean. */
    Map.Entry<String, Double> furthest() {
        return third(2).stream()
                .flatMap(sample -> sample.entrySet().stream())
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.averagingLong(Map.Entry::getValue)))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow(() -> new IllegalStateException("the broker has no consumer groups"));
    }

    /** From the mean of the middle third to that of the last; the first one is where queues fill. Records per second. */
    double growthPerSecond() {
        return (mean(third(2)) - mean(third(1))) * 3 / (samples.size() * EVERY.toMillis() / 1e3);
    }

    private List<Map<String, Long>> third(int number) {
        int size = samples.size() / 3;
        if (size == 0) {
            throw new IllegalStateException(samples.size() + " samples of the lag (expected: 3 or more)");
        }
        return samples.subList(number * size, (number + 1) * size);
    }

    private static double mean(List<Map<String, Long>> of) {
        return of.stream()
                .mapToLong(sample ->
                        sample.values().stream().mapToLong(Long::longValue).sum())
                .average()
                .orElse(0);
    }

    private void watch() {
        try {
            while (!closed) {
                samples.add(behind());
                TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            failure = e;
        }
    }

    private Map<String, Long> behind() throws ExecutionException, InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> groups = admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
                admin.listConsumerGroupOffsets(groups).all().get();
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        committed.values().forEach(group -> group.keySet()
                .forEach(partition -> all.put(partition, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                        all, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        return committed.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, group -> behind(group.getValue(), ends)));
    }

    private static long behind(
            Map<TopicPartition, OffsetAndMetadata> group, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        return group.entrySet().stream()
                .filter(one -> one.getValue() != null)
                .mapToLong(one -> Math.max(
                        0,
                        Objects.requireNonNull(ends.get(one.getKey())).offset()
                                - one.getValue().offset()))
                .sum();
    }

    /**
     * Waits until the last sample is taken.
     *
     * @throws IllegalStateException where one could not be taken
     */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        admin.close();
        if (failure != null) {
            throw new IllegalStateException("the broker doesn't tell how far groups are", failure);
        }
    }
}
