package io.gamestream.serving.read;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.schemas.payments.PaymentView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Past states of payments, out of the journal: one at a time, and a bounded number that wait for their turn. */
final class PaymentHistory implements AutoCloseable {

    private static final int MOST_WAITING = 64;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final RegistrySettings registry;
    private final WorkerExecutor thread;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Only used by the thread. */
    private @Nullable JournalReader reader;

    /** The newest entry of an order, from which older ones are found. */
    record Newest(String orderId, int partition, long seq, long atMillis) {}

    PaymentHistory(Vertx vertx, KafkaSettings kafka, RegistrySettings registry) {
        this.kafka = kafka;
        this.registry = registry;
        this.thread = vertx.createSharedWorkerExecutor("journal-reader", 1, LONGEST.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The state at a moment; empty before the first entry. Fails where the journal can't be read now. */
    Future<Optional<PaymentView>> at(Newest newest, Instant moment) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture("too many reads of the journal wait");
        }
        return thread.executeBlocking(() -> read(newest, moment)).onComplete(done -> waiting.decrementAndGet());
    }

    private Optional<PaymentView> read(Newest newest, Instant moment) {
        JournalReader open = reader == null ? new JournalReader(kafka, registry) : reader;
        reader = open;
        try {
            return open.stateAt(newest, moment);
        } catch (KafkaException e) {
            open.close();
            reader = null;
            throw e;
        }
    }

    @Override
    public void close() {
        Future<Void> closed = thread.executeBlocking(() -> {
                    if (reader != null) {
                        reader.close();
                        reader = null;
                    }
                    return true;
                })
                .eventually(thread::close)
                .mapEmpty();
        closed.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(1, TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
    }
}
