package io.gamestream.payments.worker;

import io.gamestream.payments.psp.PaymentProvider;
import io.gamestream.payments.psp.ProviderAnswer;
import io.gamestream.runtime.kafka.RecordTrouble;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed commands, makes the calls, many at a time and of each order one after the other, and writes each result in
 * the transaction that commits its command's offset: a call may be repeated under its idempotency key, a result is never lost.
 * While the provider's circuit is open, commands stay where they are, but for those that were read before and wait for their
 * turn: these are answered as not sent. One thread runs it.
 */
final class PspWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PspWorker.class);
    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final Duration IDLE_POLL = Duration.ofMillis(100);

    /** A registry that is away is not asked with each turn. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;
    private final Results results;
    private final Codec codec;
    private final PaymentProvider provider;
    private final WorkerSettings settings;
    private final InstantSource clock;

    private final Map<TopicPartition, Progress> progress = new HashMap<>();
    private final Lanes<Command> lanes;
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final List<Finished> unwritten = new ArrayList<>();
    private long writtenNanos = System.nanoTime();
    private long restUntilNanos = System.nanoTime();

    /** @param of the progress that it was begun under: one of an earlier assignment counts for nothing in the next one */
    private record Command(ConsumerRecord<String, byte[]> record, PspCommand command, Progress of) {

        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    private record Answered(Command command, ProviderAnswer answer, Instant at) {}

    private record Finished(TopicPartition partition, ProducerRecord<String, byte[]> out) {}

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
        this.lanes = new Lanes<>(settings.inFlight());
    }

    void subscribe() {
        results.takeOver();
        consumer.subscribe(List.of(PaymentTopics.PSP_COMMANDS.name()), new Rebalances());
    }

    /** One turn: reads what there is, begins it, writes what is finished. */
    void turn() {
        boolean busy = lanes.size() > 0 || !unwritten.isEmpty();
        ConsumerRecords<String, byte[]> records = consumer.poll(busy ? BUSY_POLL : IDLE_POLL);
        for (TopicPartition partition : records.partitions()) {
            accept(partition, records.records(partition));
        }
        if (System.nanoTime() - writtenNanos >= settings.writeEvery().toNanos()) {
            write();
        }
        regulate();
    }

    /** Lets calls under way end, within a bound, and writes their results. What still waits for its turn is another's. */
    @Override
    public void close() {
        try (results;
                consumer) {
            lanes.drop(command -> true);
            drain();
        }
    }

    private void accept(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        Progress of = progress.get(partition);
        if (of == null) {
            return;
        }
        for (ConsumerRecord<String, byte[]> record : records) {
            if (!accept(of, record)) {
                return;
            }
        }
    }

    /** False where the record can't be read now: it and those behind it come again. */
    private boolean accept(Progress of, ConsumerRecord<String, byte[]> record) {
        if (!of.begin(record.offset())) {
            return true;
        }
        PspCommand read;
        try {
            read = codec.command(record);
        } catch (RuntimeException e) {
            return passed(of, record, e);
        }
        Command command = new Command(record, read, of);
        lanes.enter(read.getOrderId(), command);
        lanes.next().ifPresent(this::begin);
        return true;
    }

    /** Whether the record is dealt with, and its partition goes on. */
    private boolean passed(Progress of, ConsumerRecord<String, byte[]> record, RuntimeException why) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        return switch (RecordTrouble.of(why)) {
            case PASSING -> {
                of.again(record.offset());
                consumer.seek(partition, record.offset());
                rest(why);
                yield false;
            }
            case POISON -> {
                // Not in the order's lane: there is none that it could be said to belong to.
                of.done(record.offset());
                unwritten.add(new Finished(partition, codec.deadLetter(record, why)));
                yield true;
            }
            case FATAL -> throw why;
        };
    }

    private void begin(Command command) {
        CompletableFuture<?> unused = provider.execute(command.command()).whenComplete((answer, thrown) -> {
            ProviderAnswer told = thrown == null
                    ? answer
                    // A provider that breaks its promise may have charged all the same.
                    : ProviderAnswer.of(PspOutcome.UNKNOWN, thrown.getClass().getSimpleName(), "the adapter failed");
            answered.add(new Answered(command, told, clock.instant()));
        });
    }

    /**
     * Makes records of the answers; here and not where they arrive, since what fails there is heard by nobody. An answer stays
     * where it is until its record is made.
     */
    private void settle() {
        for (Answered one = answered.peek(); one != null && !isResting(); one = answered.peek()) {
            Command command = one.command();
            ProducerRecord<String, byte[]> out;
            try {
                out = codec.result(command.command(), one.answer(), one.at());
            } catch (RuntimeException e) {
                if (RecordTrouble.of(e) != RecordTrouble.PASSING) {
                    throw e;
                }
                rest(e);
                return;
            }
            answered.remove();
            lanes.leave(command.command().getOrderId());
            lanes.next().ifPresent(this::begin);
            if (progress.get(command.partition()) == command.of()) {
                command.of().done(command.record().offset());
                unwritten.add(new Finished(command.partition(), out));
            }
        }
    }

    private void rest(RuntimeException why) {
        LOG.warn("nothing more is begun for now: {}", Reasons.of(why));
        restUntilNanos = System.nanoTime() + REST.toNanos();
    }

    private boolean isResting() {
        return restUntilNanos - System.nanoTime() > 0;
    }

    private void write() {
        settle();
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
        // By identity: two results may look the same.
        Set<ProducerRecord<String, byte[]>> written = Collections.newSetFromMap(new IdentityHashMap<>());
        written.addAll(results.write(unwritten.stream().map(Finished::out).toList(), offsets, consumer));
        unwritten.removeIf(one -> written.contains(one.out()));
    }

    private void regulate() {
        boolean full =
                lanes.size() >= settings.inFlight() || !unwritten.isEmpty() || isResting() || !provider.accepts();
        Set<TopicPartition> held = new HashSet<>(consumer.assignment());
        if (!full) {
            held.removeIf(partition -> hasRoom(partition));
        }
        Set<TopicPartition> paused = new HashSet<>(consumer.paused());
        if (!held.equals(paused)) {
            paused.removeAll(held);
            consumer.resume(paused);
            consumer.pause(held);
        }
    }

    private boolean hasRoom(TopicPartition partition) {
        Progress of = progress.get(partition);
        return of == null || of.hasRoom();
    }

    private void drain() {
        long until = System.nanoTime() + settings.drain().toNanos();
        while ((lanes.size() > 0 || !unwritten.isEmpty()) && !results.isOver() && System.nanoTime() < until) {
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
