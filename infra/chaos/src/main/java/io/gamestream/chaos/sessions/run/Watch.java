package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.Follower;
import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.chaos.sessions.check.Evidence;
import io.gamestream.local.sessions.HostFleet;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Follows sessions all along: when things were seen, and what is still open. */
final class Watch implements AutoCloseable {

    private static final Set<SessionStatus> ON_SLOT =
            Set.of(SessionStatus.GRANTED, SessionStatus.STARTING, SessionStatus.ACTIVE, SessionStatus.RESUMABLE);

    /** Answers after which nothing comes any more. */
    private static final Set<TicketOutcome> ENDS =
            Set.of(TicketOutcome.CANCELLED, TicketOutcome.NO_SUCH_CAPACITY, TicketOutcome.PARTY_MEMBER_BUSY);

    private final Follower follower;
    private final Deserializer<SlotEvent> slotEvents;
    private final Deserializer<Assignment> assignments;
    private final Deserializer<TicketAnswer> answers;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> grants = new ConcurrentHashMap<>();
    private final Map<String, SlotState> slots = new ConcurrentHashMap<>();
    private final Map<String, SessionStatus> sessions = new ConcurrentHashMap<>();

    Watch(TopicReader reader, AvroSerdes serdes) {
        this.follower = new Follower(
                "watch",
                reader,
                List.of(
                        SessionTopics.SLOT_EVENTS.name(),
                        SessionTopics.ASSIGNMENTS.name(),
                        SessionTopics.ANSWERS.name()),
                this::take);
        this.slotEvents = serdes.valueSerde(SlotEvent.class).deserializer();
        this.assignments = serdes.valueSerde(Assignment.class).deserializer();
        this.answers = serdes.valueSerde(TicketAnswer.class).deserializer();
    }

    void start() {
        follower.start();
    }

    /** When each slot event was seen, by its id. */
    Map<String, Long> seen() {
        return Map.copyOf(seen);
    }

    /** When grants were seen, by cell and by partition of the players; each list is in order. */
    Map<String, List<Long>> grants() {
        Map<String, List<Long>> copies = new ConcurrentHashMap<>();
        grants.forEach((lane, times) -> {
            synchronized (times) {
                copies.put(lane, List.copyOf(times));
            }
        });
        return copies;
    }

    /** How long nothing has come. */
    Duration quietFor() {
        return follower.quietFor();
    }

    /** Slots that are not free, and sessions that have not ended. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        slots.forEach((slot, state) -> {
            if (state != SlotState.FREE && state != SlotState.UNKNOWN) {
                open.add("slot " + slot + " is " + state);
            }
        });
        sessions.forEach((session, status) -> {
            if (status != SessionStatus.ENDED) {
                open.add("session " + session + " is " + status);
            }
        });
        return open;
    }

    /** Sessions on slots of that cell, or of all that begin so. */
    long busy(String hostPrefix) {
        return slots.entrySet().stream()
                .filter(slot -> slot.getKey().startsWith(hostPrefix))
                .filter(slot -> slot.getValue() != SlotState.FREE && slot.getValue() != SlotState.UNKNOWN)
                .count();
    }

    @Override
    public void close() throws InterruptedException {
        follower.close();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        long now = HostFleet.now();
        if (record.topic().equals(SessionTopics.SLOT_EVENTS.name())) {
            SlotEvent event = slotEvents.deserialize(record.topic(), record.value());
            seen.putIfAbsent(Evidence.id(event), now);
            slots.put(Evidence.slot(event.getHostId(), event.getSlot()), event.getTo());
            if (event.getTo() == SlotState.RESERVED) {
                granted(event.getCellId(), now);
            }
        } else if (record.topic().equals(SessionTopics.ANSWERS.name())) {
            TicketAnswer answer = answers.deserialize(record.topic(), record.value());
            if (ENDS.contains(answer.getOutcome())) {
                sessions.remove(answer.getSessionId());
            }
        } else {
            Assignment told = assignments.deserialize(record.topic(), record.value());
            SessionStatus before = sessions.put(told.getSessionId(), told.getStatus());
            if (told.getStatus() == SessionStatus.GRANTED && (before == null || !ON_SLOT.contains(before))) {
                granted("players " + record.partition(), now);
            }
        }
    }

    private void granted(String lane, long now) {
        List<Long> times = grants.computeIfAbsent(lane, name -> new ArrayList<>());
        synchronized (times) {
            times.add(now);
        }
    }
}
