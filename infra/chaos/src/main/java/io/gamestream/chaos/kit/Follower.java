package io.gamestream.chaos.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A {@code read_committed} reader that follows topics from their beginning on a thread of its own, whatever dies. */
public final class Follower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final TopicReader reader;
    private final List<String> topics;
    private final Consumer<ConsumerRecord<String, byte[]>> target;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long changedNanos = System.nanoTime();

    /**
     * A follower that has not started.
     *
     * @param target is given each record, on the follower's thread
     */
    public Follower(
            String name, TopicReader reader, List<String> topics, Consumer<ConsumerRecord<String, byte[]>> target) {
        this.reader = reader;
        this.topics = List.copyOf(topics);
        this.target = target;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How long nothing has come. */
    public Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - changedNanos);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(CLOSE_WITHIN.toMillis());
    }

    private void run() {
        try (KafkaConsumer<String, byte[]> consumer = reader.consumer("read_committed", new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            topics.forEach(topic -> all.addAll(TopicReader.partitions(consumer, topic)));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (!closed) {
                try {
                    consumer.poll(POLL).forEach(this::take);
                } catch (KafkaException e) {
                    // The broker was away for long; the positions are kept.
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        changedNanos = System.nanoTime();
        target.accept(record);
    }
}
