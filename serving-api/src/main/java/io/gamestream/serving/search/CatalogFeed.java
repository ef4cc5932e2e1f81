package io.gamestream.serving.search;

import io.gamestream.runtime.http.Readiness;
import io.gamestream.serving.log.LogHead;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalogue's index at the end of its topics: reads all of their partitions from the beginning, without a group, since every
 * instance has the whole catalogue. While it catches up nothing is made visible; from then on every change is, within the refresh
 * interval, many at once where there are many.
 */
final class CatalogFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogFeed.class);

    /** How soon an idle feed notices that it has been told to close, or that a fetch was answered. */
    private static final Duration IDLE = Duration.ofMillis(100);

    private static final Duration TOPICS_AGAIN_AFTER = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final List<String> topics;
    private final CatalogWriter writer;
    private final Duration refreshInterval;
    private final java.util.function.Consumer<Throwable> fatal;
    private final Thread thread = new Thread(this::run, "catalogue-index");
    private final long startedNanos = System.nanoTime();
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile boolean closed;
    private volatile Readiness.Status status = Readiness.Status.waiting("has not started to read", 0);
    private volatile long asOfMillis;

    /**
     * A feed that has not started.
     *
     * @param consumers makes a consumer that reads what is committed and has no group
     * @param topics that the writer takes records of
     * @param fatal is told why the feed can't go on
     */
    CatalogFeed(
            Supplier<Consumer<String, byte[]>> consumers,
            List<String> topics,
            CatalogWriter writer,
            Duration refreshInterval,
            java.util.function.Consumer<Throwable> fatal) {
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        this.writer = writer;
        this.refreshInterval = refreshInterval;
        this.fatal = fatal;
    }

    void start() {
        thread.start();
    }

    Readiness.Status status() {
        return status;
    }

    /** Searches see everything that the topics held at this moment, in epoch ms; 0 until the feed has caught up. */
    long asOfMillis() {
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
                LOG.warn("the catalogue's index starts to read again: {}", e.toString());
            } catch (RuntimeException | IOException e) {
                status = Readiness.Status.waiting("has failed: " + e);
                fatal.accept(new IllegalStateException("the catalogue's index can't follow " + topics + ": " + e, e));
                return;
            } finally {
                consumer = null;
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) throws IOException, InterruptedException {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        CatchUp catchUp = new CatchUp(consumer.endOffsets(partitions));
        LogHead head = new LogHead(consumer, partitions);
        long refreshedNanos = System.nanoTime();
        boolean dirty = false;
        boolean ready = false;
        while (!closed) {
            ConsumerRecords<String, byte[]> records = consumer.poll(dirty ? untilRefresh(refreshedNanos) : IDLE);
            head.polled();
            for (ConsumerRecord<String, byte[]> record : records) {
                writer.write(record);
                dirty = true;
            }
            boolean caughtUp = !ready && catchUp.done(consumer);
            if (caughtUp || (ready && dirty && untilRefresh(refreshedNanos).isZero())) {
                writer.refresh();
                refreshedNanos = System.nanoTime();
                dirty = false;
            }
            if (caughtUp) {
                LOG.info("{} after {} ms", writer, (refreshedNanos - startedNanos) / 1_000_000);
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
        for (String topic : topics) {
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

    private Duration untilRefresh(long refreshedNanos) {
        Duration left = refreshInterval.minusNanos(System.nanoTime() - refreshedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
