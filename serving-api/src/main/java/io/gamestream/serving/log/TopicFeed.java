package io.gamestream.serving.log;

import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.serving.ServingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what every instance has whole at the end of its topics: reads all of their partitions, without a group. While it catches up
 * nothing is made visible; from then on every change is, within the refresh interval, many at once where there are many.
 */
public final class TopicFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);

    /**
     * A topic that is read.
     *
     * @param noOlderThan older records are left out; null for none
     */
    public record Source(String topic, @Nullable Duration noOlderThan) {

        /** All of a topic. */
        public static Source whole(String topic) {
            return new Source(topic, null);
        }
    }

    /** How soon an idle feed notices that it has been told to close, or that a fetch was answered. */
    private static final Duration IDLE = Duration.ofMillis(100);

    private static final Duration TOPICS_AGAIN_AFTER = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final List<Source> sources;
    private final FeedTarget target;
    private final RecordReader reader;
    private final Duration refreshInterval;
    private final java.util.function.Consumer<Throwable> fatal;
    private final Thread thread;
    private final long startedNanos = System.nanoTime();
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile boolean closed;
    private volatile Readiness.Status status = Readiness.Status.waiting("has not started to read", 0);
    private volatile long asOfMillis;

    /**
     * A feed that has not started.
     *
     * @param name of what is fed: its thread's, and the log's
     * @param consumers makes a consumer, such as {@link #consumer}
     * @param sources that the target takes records of
     * @param fatal is told why the feed can't go on
     */
    public TopicFeed(
            String name,
            Supplier<Consumer<String, byte[]>> consumers,
            List<Source> sources,
            FeedTarget target,
            Duration refreshInterval,
            java.util.function.Consumer<Throwable> fatal) {
        this.name = name;
        this.consumers = consumers;
        this.sources = List.copyOf(sources);
        this.target = target;
        this.reader = new RecordReader(name, target.unreadable());
        this.refreshInterval = refreshInterval;
        this.fatal = fatal;
        this.thread = new Thread(this::run, name);
    }

    /** A consumer for a feed: it reads what is committed and has no group. */
    public static Consumer<String, byte[]> consumer(ServingContext context, String clientId) {
        Map<String, Object> properties = KafkaClients.consumer(context.kafka(), clientId);
        // An idle fetch is answered this often, and with it the target is known to be complete: the grain of asOf.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        // A rebuild is a few large fetches; the default of 500 records would refill the buffer in small steps.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        context.metrics().bind(consumer);
        return consumer;
    }

    /** Starts its thread. */
    public void start() {
        thread.start();
    }

    /** Ready once it has caught up. */
    public Readiness.Status status() {
        return status;
    }

    /** Readers see everything that the topics held at this moment, in epoch ms; 0 until the feed has caught up. */
    public long asOfMillis() {
        return asOfMillis;
    }

    @Override
    public void close() {
        closed = true;
        Consumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(CLOSE_WITHIN.toMillis());
            // It may be waiting for the registry.
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (Consumer<String, byte[]> mine = consumers.get()) {
                consumer = mine;
                follow(mine);
            } catch (WakeupException | InterruptException | InterruptedException e) {
                LOG.debug("told to close", e);
                return;
            } catch (RetriableException e) {
                // Such as a broker that is not there yet. What has been read already is recognised by its version.
                status = Readiness.Status.waiting("Kafka does not answer: " + e.getMessage());
                LOG.warn("{} starts to read again: {}", name, e.toString());
            } catch (RuntimeException | IOException e) {
                status = Readiness.Status.waiting("has failed: " + e);
                fatal.accept(new IllegalStateException(name + " can't follow " + sources + ": " + e, e));
                return;
            } finally {
                consumer = null;
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) throws IOException, InterruptedException {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        seek(consumer, partitions);
        CatchUp catchUp = new CatchUp(consumer.endOffsets(partitions));
        LogHead head = new LogHead(consumer, partitions);
        long refreshedNanos = System.nanoTime();
        boolean dirty = false;
        boolean ready = false;
        while (!closed) {
            ConsumerRecords<String, byte[]> records = consumer.poll(dirty ? untilRefresh(refreshedNanos) : IDLE);
            head.polled();
            for (ConsumerRecord<String, byte[]> record : records) {
                reader.read(record, () -> {
                    target.write(record);
                    return true;
                });
                dirty = true;
            }
            boolean caughtUp = !ready && catchUp.done(consumer);
            if (caughtUp || (ready && dirty && untilRefresh(refreshedNanos).isZero())) {
                target.refresh();
                refreshedNanos = System.nanoTime();
                dirty = false;
            }
            if (caughtUp) {
                LOG.info("{} after {} ms", target, (refreshedNanos - startedNanos) / 1_000_000);
                ready = true;
            }
            status = ready ? Readiness.Status.READY : catchUp.status();
            if (ready && !dirty) {
                asOfMillis = head.completeMillis();
            }
        }
    }

    /** All of all topics; waits for topics that are not there yet. */
    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) throws InterruptedException {
        List<TopicPartition> all = new ArrayList<>();
        for (Source source : sources) {
            String topic = source.topic();
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            while (found == null || found.isEmpty()) {
                status = Readiness.Status.waiting("topic " + topic + " does not exist", 0);
                TimeUnit.MILLISECONDS.sleep(TOPICS_AGAIN_AFTER.toMillis());
                found = consumer.partitionsFor(topic);
            }
            found.forEach(each -> all.add(new TopicPartition(topic, each.partition())));
        }
        return all;
    }

    private void seek(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> since = new HashMap<>();
        for (Source source : sources) {
            if (source.noOlderThan() != null) {
                long from = System.currentTimeMillis() - source.noOlderThan().toMillis();
                partitions.stream()
                        .filter(partition -> partition.topic().equals(source.topic()))
                        .forEach(partition -> since.put(partition, from));
            }
        }
        consumer.offsetsForTimes(since).forEach((partition, first) -> {
            if (first == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, first.offset());
            }
        });
    }

    private Duration untilRefresh(long refreshedNanos) {
        Duration left = refreshInterval.minusNanos(System.nanoTime() - refreshedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
