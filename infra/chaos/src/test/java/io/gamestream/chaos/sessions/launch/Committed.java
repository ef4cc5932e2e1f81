package io.gamestream.chaos.sessions.launch;

import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Follows the topics of sessions as a {@code read_committed} reader; the probe's records are left out. For one thread. */
final class Committed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Consumer<byte[]>> topics = new HashMap<>();
    private final Map<String, TicketCommand> requests = new HashMap<>();
    private final Map<String, List<Assignment>> sessions = new HashMap<>();
    private final Map<SessionStatus, List<String>> byStatus = new HashMap<>();
    private final List<SlotEvent> slotEvents = new ArrayList<>();
    private final List<TicketAnswer> answers = new ArrayList<>();
    private final List<CellRecord> inbox = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private int usable;

    Committed(TopicReader reader, AvroSerdes serdes) {
        consumer = reader.consumer("read_committed", new ByteArrayDeserializer());
        on(serdes, SessionTopics.TICKETS, TicketCommand.class, command -> {
            if (command.getKind() == TicketCommandKind.REQUEST && !Door.isProbe(command.getPlayerId())) {
                requests.putIfAbsent(command.getSessionId(), command);
            }
        });
        on(serdes, SessionTopics.ASSIGNMENTS, Assignment.class, this::told);
        on(serdes, SessionTopics.SLOT_EVENTS, SlotEvent.class, slotEvents::add);
        on(serdes, SessionTopics.CELL_INBOX, CellRecord.class, inbox::add);
        on(serdes, SessionTopics.ANSWERS, TicketAnswer.class, answer -> {
            if (!Door.isProbe(answer.getPlayerId())) {
                answers.add(answer);
            }
        });
        on(serdes, SessionTopics.CAPACITY, CellCapacity.class, capacity -> capacity.getClasses()
                .forEach(ofClass -> usable = Math.max(usable, ofClass.getUsable())));
        topics.put(
                TopicCatalogue.SESSIONS_DEAD_LETTERS.name(),
                bytes -> deadLetters.add(new String(bytes, StandardCharsets.UTF_8)));
        List<TopicPartition> partitions = topics.keySet().stream()
                .flatMap(topic -> TopicReader.partitions(consumer, topic).stream())
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private <T extends SpecificRecord> void on(AvroSerdes serdes, TopicSpec topic, Class<T> type, Consumer<T> each) {
        Deserializer<T> values = serdes.valueSerde(type).deserializer();
        topics.put(topic.name(), bytes -> each.accept(values.deserialize(topic.name(), bytes)));
    }

    private void told(Assignment told) {
        if (!Door.isProbe(told.getPlayerId())) {
            sessions.computeIfAbsent(told.getSessionId(), id -> new ArrayList<>())
                    .add(told);
            if (told.getStatus() != SessionStatus.QUEUED) {
                byStatus.computeIfAbsent(told.getStatus(), status -> new ArrayList<>())
                        .add(told.getSessionId());
            }
        }
    }

    /** Reads until the condition is true of what was read. */
    void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("no " + what + " within " + PATIENCE + ": " + sessions.size() + " sessions, "
                        + of(SessionStatus.GRANTED).size() + " granted, "
                        + of(SessionStatus.ENDED).size() + " ended");
            }
            read();
        }
    }

    /** Reads what is committed now. */
    void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        await("end", () -> ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
    }

    private void read() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            topics.get(record.topic()).accept(record.value());
        }
    }

    /** As the router wrote them first, by session. */
    Map<String, TicketCommand> requests() {
        return requests;
    }

    /** What players were told, by session, in order. */
    Map<String, List<Assignment>> sessions() {
        return sessions;
    }

    /** Sessions whose players were told that, each as often as they were; not of QUEUED. */
    List<String> of(SessionStatus status) {
        return List.copyOf(byStatus.getOrDefault(status, List.of()));
    }

    List<SlotEvent> slotEvents() {
        return slotEvents;
    }

    List<TicketAnswer> answers() {
        return answers;
    }

    List<CellRecord> inbox() {
        return inbox;
    }

    List<String> deadLetters() {
        return deadLetters;
    }

    /** The most that the cell has told. */
    int usable() {
        return usable;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
