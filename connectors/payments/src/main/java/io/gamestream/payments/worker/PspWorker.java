package io.gamestream.payments.worker;

import io.gamestream.payments.psp.PaymentProvider;
import io.gamestream.payments.psp.ProviderAnswer;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads committed commands, makes the calls, many at a time and of each order one after the other, and writes each result in
 * the transaction that commits its command's offset: a call may be repeated under its idempotency key, a result is never lost.
 * While the provider's circuit is open, commands stay where they are. One thread runs it.
 */
final class PspWorker implements AutoCloseable {

    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final Duration IDLE_POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final Results results;
    private final Codec codec;
    private final PaymentProvider provider;
    private final WorkerSettings settings;
    private final InstantSource clock;

    private final Map<TopicPartition, Progress> progress = new HashMap<>();
    private final Lanes<Command> lanes = new Lanes<>();
    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final List<Finished> unwritten = new ArrayList<>();
    private boolean paused;
    private long writtenNanos = System.nanoTime();

    private record Command(ConsumerRecord<String, byte[]> record, PspCommand command) {

        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    private record Finished(TopicPartition partition, long offset, String lane, ProducerRecord<String, byte[]> out) {}

    PspWorker(
            Consumer<String, byte[]> consumer,
            Results results,
            Codec codec,
            PaymentProvider provider,
            WorkerSettings settings,
            InstantSource clock) {
        this.consumer = consumer;
        this.results = results;
        this.codec = codec;
        this.provider = provider;
        this.settings = settings;
        this.clock = clock;
    }

    void subscribe() {
        results.takeOver();
        consumer.subscribe(List.of(PaymentTopics.PSP_COMMANDS.name()), new Rebalances());
    }

    /** One turn: reads what there is, begins it, writes what is finished. */
    void turn() {
        boolean busy = lanes.size() > 0 || !unwritten.isEmpty();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(busy ? BUSY_POLL : IDLE_POLL)) {
            accept(record);
        }
        if (System.nanoTime() - writtenNanos >= settings.writeEvery().toNanos()) {
            write();
        }
        regulate();
    }

    /** Lets calls under way end, within a bound, and writes their results. */
    @Override
    public void close() {
        drain();
        consumer.close();
        results.close();
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Progress of = progress.get(partition);
        if (of == null || !of.begin(record.offset())) {
            return;
        }
        PspCommand read;
        try {
            read = codec.command(record);
        } catch (RuntimeException e) {
            // Not the order's lane: there is none that it could be said to belong to.
            finished.add(new Finished(partition, record.offset(), "", codec.deadLetter(record, e)));
            return;
        }
        Command command = new Command(record, read);
        if (lanes.enter(read.getOrderId(), command)) {
            begin(command);
        }
    }

    private void begin(Command command) {
        CompletableFuture<?> unused = provider.execute(command.command()).whenComplete((answer, thrown) -> {
            ProviderAnswer told = thrown == null
                    ? answer
                    // A provider that breaks its promise may have charged all the same.
                    : ProviderAnswer.of(PspOutcome.UNKNOWN, thrown.getClass().getSimpleName(), "the adapter failed");
            finished.add(new Finished(
                    command.partition(),
                    command.record().offset(),
                    command.command().getOrderId(),
                    codec.result(command.command(), told, clock.instant())));
        });
    }

    private void write() {
        for (Finished one = finished.poll(); one != null; one = finished.poll()) {
            lanes.leave(one.lane()).ifPresent(this::begin);
            Progress of = progress.get(one.partition());
            if (of != null) {
                of.done(one.offset());
                unwritten.add(one);
            }
        }
        if (unwritten.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Finished one : unwritten) {
            Progress of = progress.get(one.partition());
            if (of != null) {
                offsets.put(one.partition(), new OffsetAndMetadata(of.offset(), of.metadata()));
            }
        }
        writtenNanos = System.nanoTime();
        if (results.write(unwritten.stream().map(Finished::out).toList(), offsets, consumer.groupMetadata())) {
            unwritten.clear();
        }
    }

    private void regulate() {
        boolean full = lanes.size() >= settings.inFlight() || !unwritten.isEmpty() || !provider.accepts();
        if (full && !paused) {
            consumer.pause(consumer.assignment());
        } else if (!full && paused) {
            consumer.resume(consumer.assignment());
        }
        paused = full;
    }

    private void drain() {
        long until = System.nanoTime() + settings.drain().toNanos();
        while ((lanes.size() > 0 || !finished.isEmpty() || !unwritten.isEmpty()) && System.nanoTime() < until) {
            write();
            if (lanes.size() > 0) {
                LockSupport.parkNanos(BUSY_POLL.toNanos());
            }
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        progress.keySet().removeAll(partitions);
        unwritten.removeIf(one -> partitions.contains(one.partition()));
    }

    private final class Rebalances implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata at = committed.get(partition);
                progress.put(partition, at == null ? new Progress(0, "") : new Progress(at.offset(), at.metadata()));
            }
            // Newly assigned partitions are not paused, whatever the others are.
            paused = false;
            regulate();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lanes.drop(command -> partitions.contains(command.partition()));
            drain();
            forget(partitions);
        }

        /** Somebody else has them already: what we would write would be refused, and is done again under the same keys. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            lanes.drop(command -> partitions.contains(command.partition()));
            forget(partitions);
        }
    }
}
