package io.gamestream.serving.position;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.cdc.Position;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the positions of change data capture into the tables: every few milliseconds while a read waits for one, else a few
 * times a second, which is what {@code asOf} is known from. One thread, and one question to Kafka for all who wait.
 */
public final class PositionTracker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PositionTracker.class);
    private static final long PAUSE_AFTER_ERROR_MILLIS = 1_000;
    private static final long CLOSE_WITHIN_MILLIS = 3_000;
    private static final Set<View> ALL = EnumSet.allOf(View.class);

    private final KafkaSettings kafka;
    private final PositionSettings settings;
    private final Deserializer<Position> values;
    private final ViewRegistry registry;
    private final Map<View, List<Stage>> lineage;
    private final PositionWaits waits;
    private final Thread thread;
    private final AtomicBoolean dozing = new AtomicBoolean();
    private volatile @Nullable KafkaConsumer<String, Position> consumer;
    private volatile boolean closing;
    private @Nullable Position latest;
    private long lastFullNanos = System.nanoTime();

    public PositionTracker(
            KafkaSettings kafka, PositionSettings settings, Deserializer<Position> values, ViewRegistry registry) {
        this.kafka = kafka;
        this.settings = settings;
        this.values = values;
        this.registry = registry;
        this.lineage = Lineage.of();
        this.waits = new PositionWaits(settings, this::wake);
        this.thread = new Thread(this::run, "position-tracker");
        thread.setDaemon(true);
    }

    /** Where reads wait. */
    public PositionWaits waits() {
        return waits;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            Map<String, Object> properties = KafkaClients.consumer(kafka, "serving-positions");
            try (KafkaConsumer<String, Position> tail =
                            new KafkaConsumer<>(properties, new StringDeserializer(), values);
                    Admin admin = Admin.create(KafkaClients.admin(kafka, "serving-positions-admin"))) {
                follow(tail, new Traces(registry, lineage, new Offsets(admin)));
            } catch (InterruptException | InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (KafkaException | IllegalStateException e) {
                if (!closing) {
                    LOG.warn("positions can't be followed now, asOf stands still: {}", e.toString());
                    pause();
                }
            } finally {
                consumer = null;
            }
        }
    }

    private void follow(KafkaConsumer<String, Position> tail, Traces traces) throws InterruptedException {
        TopicPartition at = new TopicPartition(TopicCatalogue.POSITIONS.name(), 0);
        tail.assign(List.of(at));
        // The topic is compacted and holds one live record per slot; the last few records are all that matters.
        long end = tail.endOffsets(List.of(at)).getOrDefault(at, 0L);
        tail.seek(at, Math.max(0, end - settings.tail()));
        consumer = tail;
        while (!closing) {
            boolean busy = traces.any() || doze();
            poll(tail, busy ? settings.pollInterval() : settings.idleInterval());
            dozing.set(false);
            step(traces);
        }
    }

    private void poll(KafkaConsumer<String, Position> tail, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            // A busy capture writes positions all the time: they must not make us look more often than is asked for.
            for (long left = patience.toNanos(); left > 0; left = until - System.nanoTime()) {
                for (ConsumerRecord<String, Position> record : tail.poll(Duration.ofNanos(left))) {
                    if (record.key().equals(settings.slot()) && record.value() != null) {
                        latest = record.value();
                    }
                }
            }
        } catch (WakeupException e) {
            // Somebody waits.
            return;
        }
    }

    private void step(Traces traces) throws InterruptedException {
        Position position = latest;
        long now = System.nanoTime();
        boolean full = now - lastFullNanos >= settings.idleInterval().toNanos();
        Set<View> wanted = full ? ALL : waits.views();
        if (position != null && !wanted.isEmpty()) {
            traces.begin(position, wanted);
        }
        if (full) {
            lastFullNanos = now;
        }
        if (traces.any()) {
            try {
                traces.advance();
            } catch (Offsets.UnknownException e) {
                LOG.debug("positions are not known now: {}", e.toString());
            }
        }
        waits.settle();
    }

    /** Says that it sleeps until woken, unless somebody waits; in this order, or somebody could be overlooked. */
    private boolean doze() {
        dozing.set(true);
        boolean busy = waits.any();
        if (busy) {
            dozing.set(false);
        }
        return busy;
    }

    private void wake() {
        KafkaConsumer<String, Position> tail = consumer;
        // Only out of a long sleep: many who wait must not make us look more often than every few milliseconds.
        if (tail != null && dozing.compareAndSet(true, false)) {
            tail.wakeup();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_ERROR_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        KafkaConsumer<String, Position> tail = consumer;
        if (tail != null) {
            // No interrupt: the client would log a failed close.
            tail.wakeup();
        }
        try {
            thread.join(CLOSE_WITHIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
