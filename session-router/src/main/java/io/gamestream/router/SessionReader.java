package io.gamestream.router;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.kafka.RecordTrouble;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.TicketAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is committed into the table: assignments and capacities from the beginning, answers and commands of the last
 * minutes. When Kafka is away it goes on with what it has, and tries again for ever.
 */
final class SessionReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionReader.class);
    private static final Duration RECENT = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long AGAIN_MS = 500;

    private final KafkaSettings kafka;
    private final Deserializer<SpecificRecord> values;
    private final SessionTable table;
    private final CellTable cells;
    private final BiConsumer<Assignment, Long> each;
    private final Consumer<RuntimeException> failed;
    private final Thread thread = new Thread(this::run, "session-reader");
    private volatile @Nullable KafkaConsumer<String, byte[]> reading;
    private volatile boolean closed;
    private volatile boolean caughtUp;
    private volatile long lastPoll;

    /**
     * Starts to read.
     *
     * @param cells what each cell told last; written here
     * @param each hears of each assignment, with the time of its record
     * @param failed is told what has ended the reading for good
     */
    SessionReader(
            KafkaSettings kafka,
            AvroSerdes serdes,
            SessionTable table,
            CellTable cells,
            BiConsumer<Assignment, Long> each,
            Consumer<RuntimeException> failed) {
        this.kafka = kafka;
        this.values = serdes.<SpecificRecord>valueSerde().deserializer();
        this.table = table;
        this.cells = cells;
        this.each = each;
        this.failed = failed;
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all that there was at its start has been read: before that, what isn't known here may be there all the same. */
    boolean caughtUp() {
        return caughtUp;
    }

    Readiness.Status readiness() {
        return caughtUp ? Readiness.Status.READY : Readiness.Status.waiting("it has not read all sessions yet");
    }

    /** How long ago Kafka last answered, in ms. */
    long silence(long now) {
        return now - lastPoll;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        KafkaConsumer<String, byte[]> consumer = reading;
        if (consumer == null) {
            thread.interrupt();
        } else {
            // An interrupt would also interrupt the consumer's own leaving.
            consumer.wakeup();
        }
        thread.join(Duration.ofSeconds(3).toMillis());
    }

    private void run() {
        while (!closed) {
            try {
                read();
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                LOG.warn("reading sessions: {}; again in {} ms", e.toString(), AGAIN_MS);
                pause();
            } catch (RuntimeException e) {
                // Not Kafka's trouble: a table that nobody fills any more must not go on answering.
                failed.accept(e);
                return;
            }
        }
    }

    private void read() {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "session-router-reader");
        // A grant is waited for.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            reading = consumer;
            List<TopicPartition> whole = partitions(consumer, SessionTopics.ASSIGNMENTS.name());
            whole.addAll(partitions(consumer, SessionTopics.CAPACITY.name()));
            List<TopicPartition> recent = partitions(consumer, SessionTopics.ANSWERS.name());
            recent.addAll(partitions(consumer, SessionTopics.HOST_COMMANDS.name()));
            List<TopicPartition> all = new ArrayList<>(whole);
            all.addAll(recent);
            consumer.assign(all);
            consumer.seekToBeginning(whole);
            seekToRecent(consumer, recent);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (!closed) {
                consumer.poll(POLL).forEach(this::take);
                lastPoll = System.currentTimeMillis();
                if (!caughtUp) {
                    caughtUp =
                            ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            if (record.topic().equals(SessionTopics.ASSIGNMENTS.name())) {
                table.forget(record.key(), record.offset());
            }
            return;
        }
        SpecificRecord value;
        try {
            value = values.deserialize(record.topic(), record.value());
        } catch (KafkaException e) {
            if (RecordTrouble.of(e) != RecordTrouble.POISON) {
                // Such as a registry that is away: all of it is read again.
                throw e;
            }
            LOG.error(
                    "a record that can't be read is passed over: {}-{} offset {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e);
            return;
        }
        if (value instanceof Assignment assignment) {
            table.tell(assignment, record.timestamp(), record.offset());
            each.accept(assignment, record.timestamp());
        } else if (value instanceof TicketAnswer answer) {
            table.tell(answer, record.timestamp(), record.offset());
        } else if (value instanceof HostCommand command) {
            table.tell(command);
        } else if (value instanceof CellCapacity capacity) {
            cells.tell(capacity, record.offset());
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        return partitions;
    }

    private static void seekToRecent(KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> since = new HashMap<>();
        partitions.forEach(partition -> since.put(partition, System.currentTimeMillis() - RECENT.toMillis()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(since);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> {
            OffsetAndTimestamp at = found.get(partition);
            consumer.seek(partition, at == null ? ends.get(partition) : at.offset());
        });
    }

    private void pause() {
        try {
            Thread.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
