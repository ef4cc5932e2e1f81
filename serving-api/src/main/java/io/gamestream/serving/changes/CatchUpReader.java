package io.gamestream.serving.changes;

import io.gamestream.serving.changes.StreamPosition.Offsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads old changes for one subscriber, at the subscriber's speed, until the view's tail can take it over. Both offer by offset, and the
 * subscriber's outbox takes each offset once.
 */
final class CatchUpReader {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long ROOM_AGAIN_AFTER_MILLIS = 5;

    private final Consumer<String, byte[]> consumer;
    private final ChangeRenderer renderer;
    private final ViewTail tail;
    private final Duration patience;

    /** @param patience how long a subscriber may take nothing before it is disconnected */
    CatchUpReader(Consumer<String, byte[]> consumer, ChangeRenderer renderer, ViewTail tail, Duration patience) {
        this.consumer = consumer;
        this.renderer = renderer;
        this.tail = tail;
        this.patience = patience;
    }

    /** Returns when the tail has taken over, or the subscriber has gone. */
    void bring(String topic, Subscriber subscriber) throws InterruptedException {
        Outbox outbox = subscriber.outbox();
        Offsets start = outbox.offered();
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < start.partitions(); partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, start.of(partition.partition())));
        while (!subscriber.isClosed() && !tail.isClosed() && !tail.join(subscriber)) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (!offer(subscriber, renderer.render(record))) {
                    return;
                }
            }
            all.forEach(partition -> outbox.passed(partition.partition(), consumer.position(partition)));
            subscriber.wake();
        }
        if (tail.isClosed()) {
            subscriber.disconnect("the changes of " + topic + " are not followed any more");
        }
    }

    private boolean offer(Subscriber subscriber, Change change) throws InterruptedException {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (!subscriber.outbox().offer(change)) {
            subscriber.wake();
            if (subscriber.isClosed()) {
                return false;
            }
            if (System.nanoTime() - giveUpAt > 0) {
                subscriber.disconnect("takes nothing");
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(ROOM_AGAIN_AFTER_MILLIS);
        }
        return true;
    }
}
