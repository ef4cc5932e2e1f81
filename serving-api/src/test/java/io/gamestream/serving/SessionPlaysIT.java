package io.gamestream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.stack.FreeGames;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.serving.testing.ServingClient;
import io.gamestream.serving.testing.ServingSettings;
import io.gamestream.topology.session.SessionService;
import io.gamestream.topology.streams.StreamsService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From tickets to plays and reads, through the session topologies, which end and start again in the middle. */
@ExtendWith(StackExtension.class)
class SessionPlaysIT {

    /** Ids of this run, of a class of hosts that no other test plays on: the stack may be one that has seen others. */
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private static final String GAME = "sp-game-" + RUN;

    private static final String CELL = "eu-central-1";
    private static final int PARTITION = 1;
    private static final int PLAYERS = 20;
    private static final Duration PLAYED = Duration.ofSeconds(90);

    @TempDir
    private Path stateDir;

    private final Stack stack;
    private final AvroSerdes serdes;
    private final SlotReport[] slots = new SlotReport[PLAYERS + 1];
    private long seq;

    SessionPlaysIT(Stack stack) {
        this.stack = stack;
        this.serdes = new AvroSerdes(stack.registry());
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot(SlotPhase.IDLE, 0);
        }
    }

    @Test
    void eachSessionStartsOnceEndsOnceAndIsOnePlay() throws Exception {
        Settings settings = Settings.load(null, Map.of(), overrides());
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                        KafkaClients.producer(stack.kafka(), "session-plays"),
                        new StringSerializer(),
                        serdes.<SpecificRecord>valueSerde().serializer());
                ServingService serving =
                        ServingService.start(new ServingSettings(stack, "session-plays-it").settings())) {
            ServingClient client = new ServingClient(serving.port());
            FreeGames.publish(stack.kafka(), stack.registry(), FreeGames.of(GAME, GpuClass.ULTRA));
            long started = now();
            StreamsService sessions = SessionService.start(settings);
            try {
                allPlay(producer, client, started);
            } finally {
                sessions.close();
            }
            sessions = SessionService.start(settings);
            try {
                allLeave(producer, client, started + PLAYED.toMillis());
            } finally {
                sessions.close();
            }
        }
        eachIsThereOnce();
    }

    private void allPlay(KafkaProducer<String, SpecificRecord> producer, ServingClient client, long at)
            throws Exception {
        client.awaitReady();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    // What a host says before the cell has a policy it says again.
                    report(producer, at);
                    assertThat(client.get("/v1/regions/eu-central/capacity")
                                    .json()
                                    .path("usable")
                                    .asInt())
                            .isEqualTo(slots.length);
                });
        for (int i = 0; i < PLAYERS; i++) {
            ask(producer, "player-" + RUN + "-" + i);
        }
        grants(PLAYERS).forEach(this::runs);
        report(producer, at);
        report(producer, at);
        client.awaitJson(
                "/v1/presence?region=eu-central&game=" + GAME,
                body -> body.path("playing").asInt() == PLAYERS);
    }

    private void allLeave(KafkaProducer<String, SpecificRecord> producer, ServingClient client, long at)
            throws Exception {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i].getPhase() == SlotPhase.RUNNING) {
                slots[i] = slot(SlotPhase.CLEANING, slots[i].getToken());
            }
        }
        report(producer, at);
        report(producer, at);
        oneMore(producer, client, at);
        client.awaitJson(
                "/v1/presence?region=eu-central&game=" + GAME,
                body -> body.path("players").asInt() == 0);
        JsonNode first = client.get("/v1/sessions/s-player-" + RUN + "-0").json();
        assertThat(first.path("status").asText()).isEqualTo("ENDED");
        assertThat(first.path("playedMinutes").asInt()).isEqualTo(2);
    }

    private void eachIsThereOnce() {
        List<SessionEvent> events = all(SessionTopics.EVENTS, SessionEvent.class).stream()
                .filter(event -> event.getGameId().equals(GAME))
                .toList();
        for (SessionEventKind kind : List.of(SessionEventKind.STARTED, SessionEventKind.ENDED)) {
            assertThat(events)
                    .filteredOn(event -> event.getKind() == kind)
                    .extracting(SessionEvent::getSessionId)
                    .hasSize(PLAYERS + 1)
                    .doesNotHaveDuplicates();
        }
        assertThat(events)
                .filteredOn(event -> event.getKind() == SessionEventKind.ENDED
                        && !event.getSessionId().equals("s-last-" + RUN))
                .allMatch(event -> event.getPlayedSeconds() == 90 && event.getPlayedMinutes() == 2);
        List<Play> plays = all(TopicCatalogue.PLAYS, Play.class).stream()
                .filter(play -> play.getGameId().equals(GAME))
                .toList();
        assertThat(plays).extracting(Play::getId).hasSize(PLAYERS + 1).doesNotHaveDuplicates();
        assertThat(plays)
                .filteredOn(play -> !play.getId().equals("s-last-" + RUN))
                .allMatch(play -> play.getPlayedSeconds() == 90);
    }

    /** One more session, whose end comes after all others in the log of the cell: then nothing more can come of them. */
    private void oneMore(KafkaProducer<String, SpecificRecord> producer, ServingClient client, long at)
            throws Exception {
        ask(producer, "last-" + RUN);
        Assignment last = grants(PLAYERS + 1).stream()
                .filter(granted -> granted.getSessionId().equals("s-last-" + RUN))
                .findFirst()
                .orElseThrow();
        runs(last);
        report(producer, at);
        slots[last.getSlot()] = slot(SlotPhase.IDLE, last.getToken());
        report(producer, at + 1_000);
        client.awaitJson(
                "/v1/sessions/s-last-" + RUN, body -> body.path("playedSeconds").asInt() == 1);
    }

    private void runs(Assignment granted) {
        slots[granted.getSlot()] = slot(SlotPhase.RUNNING, granted.getToken());
    }

    /** The grants of so many sessions. */
    private List<Assignment> grants(int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            Map<String, Assignment> found = new LinkedHashMap<>();
                            all(SessionTopics.ASSIGNMENTS, Assignment.class).stream()
                                    // Other tests of this stack let players be forgotten.
                                    .filter(assignment -> assignment != null
                                            && assignment.getStatus() == SessionStatus.GRANTED
                                            && assignment.getGameId().equals(GAME))
                                    .forEach(assignment -> found.put(assignment.getSessionId(), assignment));
                            return new ArrayList<>(found.values());
                        },
                        found -> found.size() == count);
    }

    /** Everything that is committed in a topic. */
    private <T extends SpecificRecord> List<T> all(TopicSpec topic, Class<T> type) {
        List<T> all = new ArrayList<>();
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(stack.kafka(), "session-plays"),
                new StringDeserializer(),
                serdes.valueSerde(type).deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> all.add(record.value()));
            }
        }
        return all;
    }

    private void ask(KafkaProducer<String, SpecificRecord> producer, String player) throws Exception {
        TicketCommand request = TicketCommand.newBuilder()
                .setKind(TicketCommandKind.REQUEST)
                .setPlayerId(player)
                .setSessionId("s-" + player)
                .setAt(now())
                .setGameId(GAME)
                .setRttMs(Map.of("eu-central", 12))
                .setParty(List.of())
                .build();
        producer.send(new ProducerRecord<>(SessionTopics.TICKETS.name(), player, request))
                .get();
    }

    private void report(KafkaProducer<String, SpecificRecord> producer, long at) throws Exception {
        CellRecord record = CellRecord.newBuilder()
                .setCellId(CELL)
                .setAt(at)
                .setBody(HostReport.newBuilder()
                        .setHostId("sp-host")
                        .setBootId("boot-1")
                        .setSeq(++seq)
                        .setAddress("127.0.0.1:1")
                        .setGpuClass(GpuClass.ULTRA)
                        .setSlots(List.of(slots))
                        .build())
                .build();
        producer.send(new ProducerRecord<>(SessionTopics.CELL_INBOX.name(), PARTITION, CELL, record))
                .get();
    }

    private Map<String, String> overrides() {
        Map<String, String> all = stack.connectionSettings();
        all.put("sessions.http.port", "0");
        all.put("sessions.tick", "200ms");
        all.put("sessions.policy.home-reserve", "0");
        all.put("streams.state-dir", stateDir.toString());
        all.put("streams.session-timeout", "6s");
        return all;
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static SlotReport slot(SlotPhase phase, long token) {
        return SlotReport.newBuilder().setPhase(phase).setToken(token).build();
    }
}
