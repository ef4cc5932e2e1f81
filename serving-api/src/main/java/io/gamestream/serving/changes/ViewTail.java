package io.gamestream.serving.changes;

import io.gamestream.serving.changes.StreamPosition.Offsets;
import io.gamestream.serving.log.LogHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the end of one view's topic with one consumer, for all clients of the view that have come that far. Remembers the last changes, so
 * that a client joins without a gap: under the lock it is given what it lacks and then belongs to those who are given the next.
 */
final class ViewTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ViewTail.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final int partitions;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final ChangeRenderer renderer;
    private final int remembered;
    private final Thread thread;
    private final CountDownLatch started = new CountDownLatch(1);
    private final Object lock = new Object();
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private @Nullable RecentChanges recent;
    private long[] next = new long[0];
    private long lastUsedNanos = System.nanoTime();
    private volatile long completeMillis;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile boolean closed;

    ViewTail(
            String topic,
            int partitions,
            Supplier<Consumer<String, byte[]>> consumers,
            ChangeRenderer renderer,
            int remembered) {
        this.topic = topic;
        this.partitions = partitions;
        this.consumers = consumers;
        this.renderer = renderer;
        this.remembered = remembered;
        this.thread = new Thread(this::run, "changes-" + topic);
    }

    void start() {
        thread.start();
    }

    /** Whether it follows the topic now; false also after it has failed. */
    boolean awaitStarted(Duration within) throws InterruptedException {
        return started.await(within.toMillis(), TimeUnit.MILLISECONDS) && !closed;
    }

    boolean isClosed() {
        return closed;
    }

    /** Every subscriber has been offered everything that was written before this moment, in epoch ms. */
    long completeMillis() {
        return completeMillis;
    }

    /** Offsets of the records that will be read next: where a client starts that wants no past. */
    Offsets next() {
        synchronized (lock) {
            return new Offsets(next);
        }
    }

    /** Takes a subscriber over if it lacks nothing but what is remembered; from then on it is offered every change. */
    boolean join(Subscriber subscriber) {
        synchronized (lock) {
            lastUsedNanos = System.nanoTime();
            if (closed || recent == null || !recent.covers(subscriber.outbox().offered())) {
                return false;
            }
            for (Change change : recent.since(subscriber.outbox().offered())) {
                if (!subscriber.outbox().offer(change)) {
                    // It has room for some of them; it goes on by itself and asks again.
                    return false;
                }
            }
            subscribers.add(subscriber);
            subscriber.joined();
        }
        subscriber.wake();
        return true;
    }

    void leave(Subscriber subscriber) {
        synchronized (lock) {
            lastUsedNanos = System.nanoTime();
            subscribers.remove(subscriber);
        }
    }

    /** Whether nobody has needed it for so long; it takes no more subscribers then. */
    boolean closeIfIdle(Duration idleAfter) {
        synchronized (lock) {
            if (!subscribers.isEmpty() || System.nanoTime() - lastUsedNanos < idleAfter.toNanos()) {
                return false;
            }
            closed = true;
        }
        close();
        return true;
    }

    /** Returns at once. */
    @Override
    public void close() {
        closed = true;
        Consumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    private void run() {
        try (Consumer<String, byte[]> mine = consumers.get()) {
            consumer = mine;
            follow(mine);
        } catch (WakeupException | InterruptException | InterruptedException e) {
            LOG.debug("changes of {}: told to close", topic, e);
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("the changes of {} can't be followed; clients are disconnected and may come back", topic, e);
            }
        } finally {
            consumer = null;
            end();
        }
    }

    private void follow(Consumer<String, byte[]> consumer) throws InterruptedException {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        consumer.assign(all);
        consumer.seekToEnd(all);
        synchronized (lock) {
            next = positions(consumer);
            recent = new RecentChanges(remembered, new Offsets(next));
        }
        started.countDown();
        LogHead head = new LogHead(consumer, all);
        while (!closed) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            head.polled();
            List<Change> changes = new ArrayList<>(records.count());
            for (ConsumerRecord<String, byte[]> record : records) {
                changes.add(renderer.render(record));
            }
            spread(changes, positions(consumer));
            completeMillis = head.completeMillis();
        }
    }

    private void spread(List<Change> changes, long[] positions) {
        List<Subscriber> tooSlow = new ArrayList<>();
        List<Subscriber> toWake;
        synchronized (lock) {
            next = positions;
            RecentChanges all = recent;
            if (all != null) {
                changes.forEach(all::add);
            }
            for (Iterator<Subscriber> each = subscribers.iterator(); each.hasNext(); ) {
                Subscriber subscriber = each.next();
                if (!offerAll(subscriber, changes)) {
                    each.remove();
                    tooSlow.add(subscriber);
                }
            }
            toWake = changes.isEmpty() ? List.of() : List.copyOf(subscribers);
        }
        toWake.forEach(Subscriber::wake);
        tooSlow.forEach(subscriber -> subscriber.disconnect("too slow"));
    }

    private static boolean offerAll(Subscriber subscriber, List<Change> changes) {
        for (Change change : changes) {
            if (!subscriber.outbox().offer(change)) {
                return false;
            }
        }
        return true;
    }

    private long[] positions(Consumer<String, byte[]> consumer) {
        long[] positions = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            positions[partition] = consumer.position(new TopicPartition(topic, partition));
        }
        return positions;
    }

    private void end() {
        closed = true;
        List<Subscriber> left;
        synchronized (lock) {
            left = List.copyOf(subscribers);
            subscribers.clear();
        }
        left.forEach(subscriber -> subscriber.disconnect("the changes of " + topic + " are not followed any more"));
        started.countDown();
    }
}
