package io.gamestream.topology.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.identity.Tier;
import io.gamestream.schemas.identity.User;
import io.gamestream.schemas.identity.UserStatus;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.UserView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTopologyTest {

    private static final Instant CREATED = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant UPDATED = Instant.parse("2025-02-01T00:00:00Z");

    @TempDir
    Path stateDir;

    private DrivenTopology topology;

    @BeforeEach
    void start() {
        topology = new DrivenTopology(stateDir, CatalogTopology::spec);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void aUserKeepsEverythingButThePreferences() {
        User user = new User(
                "u1", "neo", "DE", "eu-west", Tier.PLUS, UserStatus.SUSPENDED, "{\"dark\":true}", CREATED, UPDATED);
        topology.send(TopicCatalogue.USERS, User.class, "u1", user, DrivenTopology.headers(77));
        assertThat(topology.output(TopicCatalogue.USER_VIEW, UserView.class).readKeyValue().value)
                .isEqualTo(new UserView("u1", "neo", "DE", "eu-west", "PLUS", "SUSPENDED", CREATED, UPDATED, 77L));
    }

    @Test
    void aGameKeepsEverything() {
        topology.send(TopicCatalogue.GAMES, Game.class, "g1", game("g1"), DrivenTopology.headers(5));
        assertThat(topology.output(TopicCatalogue.GAME_VIEW, GameView.class).readKeyValue().value)
                .isEqualTo(new GameView(
                        "g1",
                        "Skyrim",
                        "Dragons",
                        "Bethesda",
                        "Zenimax",
                        List.of("rpg", "open world"),
                        1999L,
                        "EUR",
                        LocalDate.of(2011, 11, 11),
                        18,
                        "ULTRA",
                        "WITHDRAWN",
                        CREATED,
                        UPDATED,
                        5L));
    }

    @Test
    void anOrderKeepsItsLines() {
        Order order = Orders.paid("o1", "u1", 10, Orders.line("g1", 2, 300), Orders.line("g2", 1, 0));
        topology.send(TopicCatalogue.ORDERS, Order.class, "o1", order, DrivenTopology.headers(6));
        OrderView view =
                topology.output(TopicCatalogue.ORDER_VIEW, OrderView.class).readKeyValue().value;
        assertThat(view.getLines())
                .extracting(line -> line.getGameId() + " " + line.getQuantity() + " " + line.getUnitPriceMinor())
                .containsExactly("g1 2 300", "g2 1 0");
        assertThat(view.getStatus()).isEqualTo("PAID");
        assertThat(view.getTotalMinor()).isEqualTo(600);
        assertThat(view.getVersion()).isEqualTo(6);
    }

    @Test
    void headersAndTimestampAreThoseOfTheFact() {
        topology.send(TopicCatalogue.GAMES, Game.class, "g1", game("g1"), DrivenTopology.headers(5));
        TestRecord<String, GameView> view =
                topology.output(TopicCatalogue.GAME_VIEW, GameView.class).readRecord();
        assertThat(view.headers()).isEqualTo(DrivenTopology.headers(5));
        assertThat(view.getRecordTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void aTombstoneStaysOne() {
        topology.send(TopicCatalogue.GAMES, Game.class, "g1", null, DrivenTopology.headers(9));
        TestRecord<String, GameView> view =
                topology.output(TopicCatalogue.GAME_VIEW, GameView.class).readRecord();
        assertThat(view.key()).isEqualTo("g1");
        assertThat(view.value()).isNull();
        assertThat(view.headers()).isEqualTo(DrivenTopology.headers(9));
    }

    @Test
    void aPoisonRecordIsKeptAsItCameAndTheNextOneGoesThrough() {
        topology.sendBytes(
                TopicCatalogue.GAMES, "g0", "not avro".getBytes(StandardCharsets.UTF_8), DrivenTopology.headers(1));
        TestRecord<byte[], byte[]> dead = topology.deadLetters().readRecord();
        assertThat(dead.key()).isEqualTo("g0".getBytes(StandardCharsets.UTF_8));
        assertThat(dead.value()).isEqualTo("not avro".getBytes(StandardCharsets.UTF_8));
        assertThat(DrivenTopology.header(dead, "__streams.errors.topic")).isEqualTo("catalog.games.v1");
        assertThat(DrivenTopology.header(dead, "lsn")).isEqualTo("1");
        assertTheNextOneGoesThrough();
    }

    @Test
    void aRecordOfAnotherTypeIsADeadLetter() {
        Play play = new Play("p", "u", "g", 1L, CREATED);
        byte[] bytes = topology.serdes.valueSerde(Play.class).serializer().serialize(TopicCatalogue.PLAYS.name(), play);
        topology.sendBytes(TopicCatalogue.GAMES, "g0", bytes, DrivenTopology.headers(1));
        assertThat(topology.deadLetters().readRecord().value()).isEqualTo(bytes);
        assertTheNextOneGoesThrough();
    }

    @Test
    void aFactWithoutAUsableLsnIsADeadLetter() {
        for (Headers headers : List.of(
                new RecordHeaders(),
                new RecordHeaders().add("lsn", "0/16B3748".getBytes(StandardCharsets.UTF_8)),
                new RecordHeaders().add("lsn", "-1".getBytes(StandardCharsets.UTF_8)))) {
            topology.send(TopicCatalogue.GAMES, Game.class, "g0", game("g0"), headers);
            TestRecord<byte[], byte[]> dead = topology.deadLetters().readRecord();
            assertThat(DrivenTopology.header(dead, "__streams.errors.message")).contains("header lsn");
            assertThat(dead.value()).isNotEmpty();
        }
        topology.send(TopicCatalogue.GAMES, Game.class, "g0", null, new RecordHeaders());
        assertThat(topology.deadLetters().readRecord().value()).isNull();
        topology.send(TopicCatalogue.GAMES, Game.class, null, game("g0"), DrivenTopology.headers(4));
        assertThat(topology.deadLetters().isEmpty()).isFalse();
        assertTheNextOneGoesThrough();
    }

    private void assertTheNextOneGoesThrough() {
        TestOutputTopic<String, GameView> views = topology.output(TopicCatalogue.GAME_VIEW, GameView.class);
        assertThat(views.isEmpty()).isTrue();
        topology.send(TopicCatalogue.GAMES, Game.class, "g1", game("g1"), DrivenTopology.headers(2));
        assertThat(views.readKeyValue().value.getId()).isEqualTo("g1");
    }

    private static Game game(String id) {
        return new Game(
                id,
                "Skyrim",
                "Dragons",
                "Bethesda",
                "Zenimax",
                List.of("rpg", "open world"),
                1999L,
                "EUR",
                LocalDate.of(2011, 11, 11),
                18,
                GpuClass.ULTRA,
                GameStatus.WITHDRAWN,
                CREATED,
                UPDATED);
    }
}
