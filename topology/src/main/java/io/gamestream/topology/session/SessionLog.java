package io.gamestream.topology.session;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.kafka.RecordTrouble;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.sessions.CellCheckpoint;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is committed of a cell, up to the end that there is now. */
final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private long unreadable;

    SessionLog(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /** Offset of the first record that the cell's inbox still has. */
    long inboxBegin(CellSettings cell) {
        TopicPartition partition = partition(SessionTopics.CELL_INBOX, cell);
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return Objects.requireNonNull(
                    consumer.beginningOffsets(List.of(partition)).get(partition));
        }
    }

    /** Everything in the cell's inbox, from an offset on. */
    List<Logged<CellRecord>> inbox(CellSettings cell, long offset) {
        List<Logged<CellRecord>> inbox = new ArrayList<>();
        TopicPartition partition = partition(SessionTopics.CELL_INBOX, cell);
        read(List.of(partition), CellRecord.class, consumer -> consumer.seek(partition, offset), record -> {
            if (record.value().getCellId().equals(cell.id())) {
                inbox.add(record);
            }
        });
        return inbox;
    }

    /** The slot events of a cell since then; those of one slot in their order. */
    List<Logged<SlotEvent>> slotEvents(String cellId, long since) {
        List<Logged<SlotEvent>> events = new ArrayList<>();
        List<TopicPartition> partitions = partitions(SessionTopics.SLOT_EVENTS);
        read(partitions, SlotEvent.class, consumer -> seek(consumer, partitions, since), record -> {
            if (record.value().getCellId().equals(cellId) && record.timestamp() >= since) {
                events.add(record);
            }
        });
        return events;
    }

    /** Hears of each part of the cell's checkpoints since then. */
    void checkpoints(CellSettings cell, long since, Consumer<CellCheckpoint> each) {
        List<TopicPartition> partitions = List.of(partition(SessionTopics.CHECKPOINTS, cell));
        read(partitions, CellCheckpoint.class, consumer -> seek(consumer, partitions, since), record -> {
            if (record.value().getCellId().equals(cell.id())) {
                each.accept(record.value());
            }
        });
    }

    private static TopicPartition partition(TopicSpec topic, CellSettings cell) {
        return new TopicPartition(topic.name(), cell.partition());
    }

    private List<TopicPartition> partitions(TopicSpec topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return consumer.partitionsFor(topic.name()).stream()
                    .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
        }
    }

    /** Records that were passed over: the service has made dead letters of them. */
    long unreadable() {
        return unreadable;
    }

    private <T extends SpecificRecord> void read(
            List<TopicPartition> partitions,
            Class<T> type,
            Consumer<KafkaConsumer<String, byte[]>> seek,
            Consumer<Logged<T>> each) {
        Deserializer<T> values = serdes.valueSerde(type).deserializer();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.assign(partitions);
            seek.accept(consumer);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    @Nullable T value = readable(values, record);
                    if (value != null) {
                        each.accept(new Logged<>(value, record.timestamp(), record.offset()));
                    }
                }
            }
        }
    }

    private <T> @Nullable T readable(Deserializer<T> values, ConsumerRecord<String, byte[]> record) {
        try {
            return values.deserialize(record.topic(), record.headers(), record.value());
        } catch (RuntimeException e) {
            if (RecordTrouble.of(e) != RecordTrouble.POISON) {
                throw e;
            }
            LOG.debug("{}-{} offset {}", record.topic(), record.partition(), record.offset(), e);
            unreadable++;
            return null;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                KafkaClients.consumer(kafka, "sessions-replay"), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** To the first record of each partition that isn't older. */
    private static void seek(KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions, long since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp at = found.get(partition);
            if (at == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, at.offset());
            }
        }
    }
}
