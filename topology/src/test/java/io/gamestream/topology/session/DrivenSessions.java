package io.gamestream.topology.session;

import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.registry.InMemoryRegistry;
import io.gamestream.schemas.serde.ConfluentAvroSerde;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.topology.streams.StreamsSettings;
import io.gamestream.topology.streams.StreamsSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;

/** The session topologies in a test driver, with a clock that a test turns. */
final class DrivenSessions implements AutoCloseable {

    static final Instant BEGIN = Instant.ofEpochMilli(1_000_000);
    static final String CELL = "fra-1";
    private static final String SCOPE = "sessions";

    private final AvroSerdes serdes = serdes();
    private final TopologyTestDriver driver;
    private Instant now = BEGIN;

    DrivenSessions(Path stateDir, BiFunction<AvroSerdes, SessionConfig, StreamsSpec> application) {
        StreamsSpec spec = application.apply(serdes, onOnePartition());
        Properties properties = properties(spec, stateDir);
        driver = new TopologyTestDriver(spec.topology(properties), properties, BEGIN);
    }

    static SessionConfig config() {
        return Settings.load(null, Map.of(), Map.of()).bind("sessions", SessionConfig.class);
    }

    /** The driver has only partition 0. */
    private static SessionConfig onOnePartition() {
        SessionConfig usual = config();
        return new SessionConfig(
                usual.http(),
                usual.allocation(),
                usual.detection(),
                usual.tick(),
                usual.checkpointEvery(),
                List.of(new CellSettings(CELL, "fra", 0)),
                Map.of(),
                usual.policy(),
                usual.gate(),
                usual.detector());
    }

    static TopologyDescription describe(Path stateDir, BiFunction<AvroSerdes, SessionConfig, StreamsSpec> application) {
        StreamsSpec spec = application.apply(serdes(), config());
        return spec.topology(properties(spec, stateDir)).describe();
    }

    long now() {
        return now.toEpochMilli();
    }

    void turnClock(Duration by) {
        now = now.plus(by);
        driver.advanceWallClockTime(by);
    }

    <T extends SpecificRecord> void send(TopicSpec topic, Class<T> type, String key, T value) {
        driver.createInputTopic(
                        topic.name(),
                        new StringSerializer(),
                        serdes.valueSerde(type).serializer())
                .pipeInput(key, value, now());
    }

    /** A record of the test's usual cell, there. */
    void toCell(CellRecord record) {
        record.setCellId(CELL);
        send(SessionTopics.CELL_INBOX, CellRecord.class, CELL, record);
    }

    void game(String id, GpuClass gpu, GameStatus status) {
        send(
                TopicCatalogue.GAMES,
                Game.class,
                id,
                Game.newBuilder()
                        .setId(id)
                        .setTitle("Game " + id)
                        .setPriceMinor(0)
                        .setCurrency("EUR")
                        .setGpuClass(gpu)
                        .setStatus(status)
                        .setCreatedAt(BEGIN)
                        .setUpdatedAt(BEGIN)
                        .build());
    }

    void ask(TicketCommandKind kind, String player, String session, String... party) {
        send(
                SessionTopics.TICKETS,
                TicketCommand.class,
                player,
                TicketCommand.newBuilder()
                        .setKind(kind)
                        .setPlayerId(player)
                        .setSessionId(session)
                        .setAt(now())
                        .setGameId("g-1")
                        .setRttMs(Map.of("fra", 12, "iad", 90))
                        .setParty(List.of(party))
                        .build());
    }

    List<Assignment> assignments() {
        return read(SessionTopics.ASSIGNMENTS, Assignment.class);
    }

    /** Players of whom nothing is told any more, since the last time that assignments were read. */
    List<String> tombstones() {
        return driver
                .createOutputTopic(
                        SessionTopics.ASSIGNMENTS.name(),
                        new StringDeserializer(),
                        serdes.valueSerde(Assignment.class).deserializer())
                .readKeyValuesToList()
                .stream()
                .filter(entry -> entry.value == null)
                .map(entry -> entry.key)
                .toList();
    }

    /** As it is where the task was another instance's before. */
    void knew(PlayerRow player) {
        driver.<String, PlayerRow>getKeyValueStore(SessionTopology.Names.PLAYERS)
                .put(player.getPlayerId(), player);
    }

    boolean knows(String player) {
        return driver.getKeyValueStore(SessionTopology.Names.PLAYERS).get(player) != null;
    }

    <T extends SpecificRecord> List<T> read(TopicSpec topic, Class<T> type) {
        return driver.createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        serdes.valueSerde(type).deserializer())
                .readValuesToList();
    }

    long deadLetters() {
        return driver.createOutputTopic(
                        TopicCatalogue.SESSIONS_DEAD_LETTERS.name(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
    }

    boolean isOnDisk(String store) {
        return Objects.requireNonNull(driver.getAllStateStores().get(store)).persistent();
    }

    @Override
    public void close() {
        driver.close();
    }

    private static AvroSerdes serdes() {
        TopicCatalogue.all().stream()
                .filter(topic -> topic.schema() != null)
                .forEach(topic -> InMemoryRegistry.scope(SCOPE).register(topic.subject(), topic.schema()));
        return new AvroSerdes(new RegistrySettings("mock://" + SCOPE, Map.of(), ConfluentAvroSerde.class.getName()));
    }

    private static Properties properties(StreamsSpec spec, Path stateDir) {
        return spec.properties(
                Map.of("bootstrap.servers", "none:1"),
                new StreamsSettings(stateDir, "classic", Duration.ofSeconds(10), 8L << 20, Map.of()));
    }
}
