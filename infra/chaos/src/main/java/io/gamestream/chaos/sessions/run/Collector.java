package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.chaos.sessions.check.Evidence;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.topology.session.CellSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads everything that a run has left behind. */
final class Collector {

    /** From reading the inboxes to reading what came of them. */
    private static final long DECIDED_WITHIN_MS = 3_000;

    private final Stage stage;
    private final TopicReader reader;
    private final List<CellSettings> cells;

    Collector(Stage stage, List<CellSettings> cells) {
        this.stage = stage;
        this.reader = stage.reader();
        this.cells = cells;
    }

    /** What is in the topics. */
    Evidence collect() throws InterruptedException {
        Evidence evidence = new Evidence();
        cells.forEach(cell -> evidence.regions.put(cell.id(), cell.region()));
        read(SessionTopics.CELL_INBOX, CellRecord.class, (record, value) -> {
            if (evidence.regions.containsKey(value.getCellId())) {
                evidence.inbox
                        .computeIfAbsent(value.getCellId(), id -> new ArrayList<>())
                        .add(new Evidence.Logged(value, record.timestamp()));
            }
        });
        Thread.sleep(DECIDED_WITHIN_MS);
        read(SessionTopics.SLOT_EVENTS, SlotEvent.class, (record, value) -> evidence.slotEvents
                .computeIfAbsent(Evidence.slot(value.getHostId(), value.getSlot()), slot -> new ArrayList<>())
                .add(value));
        read(SessionTopics.ASSIGNMENTS, Assignment.class, (record, value) -> evidence.assignments
                .computeIfAbsent(value.getPlayerId(), id -> new ArrayList<>())
                .add(value));
        read(SessionTopics.TICKETS, TicketCommand.class, (record, value) -> {
            if (!value.getPlayerId().startsWith(Poison.PREFIX)) {
                evidence.tickets.add(value);
            }
        });
        read(SessionTopics.ANSWERS, TicketAnswer.class, (record, value) -> evidence.answers.add(value));
        read(SessionTopics.EVENTS, SessionEvent.class, (record, value) -> evidence.sessionEvents.add(value));
        read(TopicCatalogue.PLAYS, Play.class, (record, value) -> evidence.plays.add(value));
        read(SessionTopics.CAPACITY, CellCapacity.class, (record, value) -> evidence.capacities.add(value));
        reader.readAll(
                TopicCatalogue.SESSIONS_DEAD_LETTERS.name(),
                new ByteArrayDeserializer(),
                record -> evidence.deadLetters.add(String.valueOf(record.key())));
        return evidence;
    }

    /** What can't be read is left out. */
    private <T extends SpecificRecord> void read(
            TopicSpec topic, Class<T> type, BiConsumer<ConsumerRecord<?, ?>, T> each) {
        try (Deserializer<T> values = stage.serdes().valueSerde(type).deserializer()) {
            reader.readAll(topic.name(), new ByteArrayDeserializer(), record -> {
                try {
                    each.accept(record, values.deserialize(topic.name(), record.value()));
                } catch (SerializationException e) {
                    // Poison.
                }
            });
        }
    }
}
