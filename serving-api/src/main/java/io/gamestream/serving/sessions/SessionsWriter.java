package io.gamestream.serving.sessions;

import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.serving.log.FeedTarget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Writes what cells tell into the tables. Used by one thread. */
final class SessionsWriter implements FeedTarget {

    private final SessionTable sessions;
    private final PresenceTable presence;
    private final RegionTable regions;
    private final Deserializer<SpecificRecord> values;
    private final Counter unreadable;

    /** Millions of sessions are at a few thousand places. */
    private final Map<Place, Place> places = new HashMap<>();

    SessionsWriter(
            SessionTable sessions,
            PresenceTable presence,
            RegionTable regions,
            Deserializer<SpecificRecord> values,
            MeterRegistry meters) {
        this.sessions = sessions;
        this.presence = presence;
        this.regions = regions;
        this.values = values;
        this.unreadable = Counter.builder("serving.sessions.unreadable")
                .description("Records of sessions that could not be read and are in no answer")
                .register(meters);
        Gauge.builder("serving.sessions.known", sessions, SessionTable::size)
                .description("Sessions that can be read, those that ended a while ago among them")
                .register(meters);
    }

    @Override
    public void write(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null) {
            take(record, values.deserialize(record.topic(), record.headers(), record.value()));
        } else if (record.topic().equals(SessionTopics.ASSIGNMENTS.name())) {
            sessions.forgetPlayer(record.key(), record.offset());
        }
    }

    @Override
    public void refresh() {
        sessions.forget(System.currentTimeMillis());
        presence.refresh();
    }

    @Override
    public Counter unreadable() {
        return unreadable;
    }

    private void take(ConsumerRecord<String, byte[]> record, SpecificRecord value) {
        long now = System.currentTimeMillis();
        if (value instanceof Assignment told) {
            Place place = place(told.getRegion(), told.getGameId());
            sessions.put(told.getSessionId(), SessionEntry.of(told, place, record.offset(), record.timestamp()), now);
        } else if (value instanceof SessionEvent event) {
            if (event.getKind() == SessionEventKind.ENDED) {
                Place place = place(event.getRegion(), event.getGameId());
                sessions.put(
                        event.getSessionId(), SessionEntry.of(event, place, record.offset(), record.timestamp()), now);
            }
        } else if (value instanceof CellCapacity capacity) {
            regions.put(capacity);
        } else {
            throw new IllegalArgumentException(
                    "a record of " + value.getSchema().getFullName() + " (expected: one that tells of sessions)");
        }
    }

    private Place place(String region, String gameId) {
        return places.computeIfAbsent(new Place(region, gameId), place -> place);
    }

    @Override
    public String toString() {
        return "sessions' tables with " + sessions.size() + " sessions of " + regions.cells() + " cells";
    }
}
