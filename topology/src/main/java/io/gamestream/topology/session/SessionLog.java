package io.gamestream.topology.session;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what is committed of a cell, from the beginning up to the end that there is now. */
final class SessionLog {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    SessionLog(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * The whole inbox of a cell.
     *
     * @throws IllegalStateException where its beginning is gone
     */
    List<ReplayRun.Logged> inbox(CellSettings cell) {
        List<ReplayRun.Logged> inbox = new ArrayList<>();
        TopicPartition partition = new TopicPartition(SessionTopics.CELL_INBOX.name(), cell.partition());
        read(List.of(partition), CellRecord.class, true, record -> {
            if (record.value().getCellId().equals(cell.id())) {
                inbox.add(new ReplayRun.Logged(record.value(), record.timestamp()));
            }
        });
        return inbox;
    }

    /** The slot events of a cell since then; those of one slot in their order. */
    List<SlotEvent> slotEvents(String cellId, long from) {
        List<SlotEvent> events = new ArrayList<>();
        read(partitions(SessionTopics.SLOT_EVENTS), SlotEvent.class, false, record -> {
            if (record.value().getCellId().equals(cellId) && record.timestamp() >= from) {
                events.add(record.value());
            }
        });
        return events;
    }

    private List<TopicPartition> partitions(TopicSpec topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(kafka, "sessions-replay-topics"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.partitionsFor(topic.name()).stream()
                    .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
        }
    }

    private <T extends SpecificRecord> void read(
            List<TopicPartition> partitions, Class<T> type, boolean whole, Consumer<ConsumerRecord<String, T>> each) {
        Deserializer<T> values = serdes.valueSerde(type).deserializer();
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(kafka, "sessions-replay"), new StringDeserializer(), values)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            if (whole) {
                checkBeginnings(consumer, partitions);
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(each);
            }
        }
    }

    private static void checkBeginnings(KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions) {
        consumer.beginningOffsets(partitions).forEach((partition, offset) -> {
            if (offset > 0) {
                throw new IllegalStateException("the first " + offset + " records of " + partition
                        + " are gone (retention); decisions can only be made again from the beginning");
            }
        });
    }
}
