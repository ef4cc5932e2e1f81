package io.gamestream.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.agent.HostAgent;
import io.gamestream.agent.HostSettings;
import io.gamestream.agent.PlayerTickets;
import io.gamestream.agent.SessionRunner;
import io.gamestream.agent.SlotPhase;
import io.gamestream.agent.WantedSession;
import io.gamestream.local.stack.FreeGames;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.ClearHalt;
import io.gamestream.topology.session.SessionService;
import io.gamestream.topology.streams.StreamsService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Players and hosts over HTTP, through gate and cells, on a real Kafka, registry and Redis. */
@ExtendWith(StackExtension.class)
class RouterIT {

    /** Cells, players and hosts of this run alone: the stack may be one that has seen others. */
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    /** Not the usual one: it is set for cells, and hosts must hear of it. */
    private static final Duration LEASE = Duration.ofMillis(14_321);

    private static final List<String> REGIONS =
            List.of("eu-west", "eu-central", "us-east", "us-west", "sa-east", "ap-northeast");

    @TempDir
    private static Path stateDir;

    private static Stack stack;
    private static StreamsService sessions;
    private static RouterService router;
    private static Client client;

    @BeforeAll
    static void start(Stack shared) throws Exception {
        stack = shared;
        game("it-game", GpuClass.STANDARD);
        Settings settings = Settings.load(null, System.getenv(), overrides());
        sessions = SessionService.start(settings);
        router = RouterService.start(settings);
        client = new Client(router.port());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(client.get("/readyz").status()).isEqualTo(200));
    }

    @AfterAll
    static void stop() throws Exception {
        router.close();
        sessions.close();
    }

    @Test
    void aPlayerGetsASlotPlaysAndLeavesItToTheNextInLine() throws Exception {
        TestHost host = new TestHost(client, "it-host", own("eu-west-1"), 1);
        awaitHost(host);
        awaitReadyHosts(host, own("eu-west-1"), 1);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        client.play(own("ann"), "k-probe-" + System.nanoTime(), "it-game", own("eu-west"))
                                .status())
                .isIn(200, 201));

        Client.Answer granted = client.play(own("ann"), "k-2", "it-game", own("eu-west"));
        assertThat(granted.status()).isEqualTo(200);
        String ann = granted.text("sessionId");
        assertThat(granted.body().path("host").path("id").asText()).isEqualTo("it-host");
        ticketIsGood(granted.text("ticket"), "it-host", own("ann"), ann);

        assertThat(host.takeWhatIsWanted()).isEqualTo(ann);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            host.beat();
            assertThat(client.get("/v1/sessions/" + ann).text("status")).isEqualTo("ACTIVE");
        });

        Client.Answer queued = client.play(own("bob"), "k-1", "it-game", own("eu-west"));
        assertThat(queued.status()).isEqualTo(202);
        assertThat(queued.text("status")).isEqualTo("QUEUED");
        assertThat(queued.body().path("position").asInt()).isEqualTo(1);
        assertThat(client.play(own("bob"), "k-1", "it-game", own("eu-west")).text("sessionId"))
                .isEqualTo(queued.text("sessionId"));

        Client.Answer ended = client.delete("/v1/sessions/" + ann);
        assertThat(ended.text("status")).isEqualTo("ENDED");
        host.idle();
        host.beat();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        client.get("/v1/sessions/" + queued.text("sessionId")).text("status"))
                .isEqualTo("GRANTED"));
        assertThat(client.post("/v1/sessions/" + ann + "/resume", "{}").status())
                .isEqualTo(409);
        try (RedisClient redis = RedisClient.create(stack.redis().url())) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(redis.get("session:" + ann)).contains("\"status\":\"ENDED\""));
        }
    }

    @Test
    void anAgentRunsWhatItsHostIsGivenAndStopsItWhenThePlayerHasLeft() throws Exception {
        Runner runner = new Runner();
        HostSettings settings = new HostSettings(
                URI.create("http://127.0.0.1:" + router.port()),
                "it-agent",
                own("eu-central-1"),
                "127.0.0.1:" + router.port(),
                "ULTRA",
                2,
                Duration.ofMillis(200),
                Duration.ofSeconds(15));
        game("it-ultra", GpuClass.ULTRA);
        try (HostAgent agent = HostAgent.start(settings, runner)) {
            runner.agent = agent;
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(client.get("/v1/cells/" + own("eu-central-1"))
                                    .body()
                                    .path("hostsReady")
                                    .asInt())
                            .isEqualTo(1));
            String session = awaitSession(own("eve"), "it-ultra", own("eu-central"));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            client.get("/v1/sessions/" + session).text("status"))
                    .isEqualTo("ACTIVE"));
            assertThat(client.delete("/v1/sessions/" + session).text("status")).isEqualTo("ENDED");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(agent.slots())
                    .extracting(slot -> slot.phase())
                    .containsOnly(SlotPhase.IDLE));
            assertThat(runner.stopped).hasValue(1);
        }
    }

    @Test
    void hostsAreToldTheLeaseThatTheirCellReliesOn() {
        TestHost host = new TestHost(client, "it-lease-host", own("us-east-1"), 1, "ULTRA");
        awaitHost(host);
        assertThat(host.beat().body().path("leaseMs").asLong()).isEqualTo(LEASE.toMillis());
    }

    @Test
    void whatAnAcceptedRequestPointsToIsThere() {
        Client.Answer accepted = client.post(
                "/v1/sessions?waitMs=0",
                "{\"playerId\":\"" + own("pia") + "\",\"gameId\":\"no-such-game\"}",
                "Idempotency-Key",
                "k-1");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text("status")).isEqualTo("PENDING");
        String location = accepted.raw().headers().firstValue("Location").orElseThrow();
        assertThat(client.get(location).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(client.get(location).text("status")).isEqualTo("UNKNOWN_GAME"));
    }

    @Test
    void aStreamTellsASessionToItsEndAndLeavesNothingBehind() throws Exception {
        game("it-stream", GpuClass.PERFORMANCE);
        TestHost host = new TestHost(client, "it-stream-host", own("us-west-1"), 1, "PERFORMANCE");
        awaitHost(host);
        String session = awaitSession(own("sue"), "it-stream");
        try (Stream<JsonNode> events = client.events("/v1/sessions/" + session + "/events")) {
            Iterator<JsonNode> each = events.iterator();
            assertThat(each.next().path("status").asText()).isEqualTo("GRANTED");
            assertThat(host.takeWhatIsWanted()).isEqualTo(session);
            host.beat();
            assertThat(each.next().path("status").asText()).isEqualTo("ACTIVE");
            assertThat(client.delete("/v1/sessions/" + session).text("status")).isEqualTo("ENDED");
            assertThat(each.next().path("status").asText()).isEqualTo("ENDED");
            assertThat(each.hasNext())
                    .as("the stream has ended with the session")
                    .isFalse();
        }
        host.idle();
        host.beat();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(client.get("/metrics").raw().body()).contains("router_waiting 0.0"));
    }

    @Test
    void aDrainedHostGetsNothingNewKeepsWhatItHasAndComesBack() throws Exception {
        game("it-drain", GpuClass.STANDARD);
        TestHost host = new TestHost(client, "it-drain-host", own("sa-east-1"), 2, "STANDARD");
        awaitHost(host);
        awaitReadyHosts(host, own("sa-east-1"), 1);
        String first = awaitSession(own("dan"), "it-drain", own("sa-east"));
        assertThat(host.takeWhatIsWanted()).isEqualTo(first);
        host.beat();
        assertThat(client.post("/v1/hosts/it-drain-host/drain", "{\"cellId\":\"" + own("sa-east-1") + "\"}")
                        .status())
                .isEqualTo(202);
        awaitReadyHosts(host, own("sa-east-1"), 0);
        assertThat(client.get("/v1/sessions/" + first).text("status")).isEqualTo("ACTIVE");
        Client.Answer later = client.play(own("dora"), "k-1", "it-drain", own("sa-east"));
        assertThat(later.body().path("host").path("id").asText())
                .as("a host that is drained gets nothing new: %s", later.body())
                .isNotEqualTo("it-drain-host");
        client.delete("/v1/sessions/" + later.text("sessionId") + "?playerId=" + own("dora"));
        assertThat(client.delete("/v1/hosts/it-drain-host/drain?cellId=" + own("sa-east-1"))
                        .status())
                .isEqualTo(202);
        awaitReadyHosts(host, own("sa-east-1"), 1);
    }

    @Test
    void anOperatorsWordReachesTheCellsLog() {
        assertThat(client.delete("/v1/cells/no-such-cell/halt?operator=ann").status())
                .isEqualTo(404);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        client.get("/v1/cells/" + own("us-east-1")).status())
                .isEqualTo(200));
        assertThat(client.delete("/v1/cells/" + own("us-east-1") + "/halt").status())
                .isEqualTo(400);
        assertThat(client.delete("/v1/cells/" + own("us-east-1") + "/halt?operator=ann")
                        .status())
                .isEqualTo(202);
        try (KafkaConsumer<String, CellRecord> inbox = new KafkaConsumer<>(
                KafkaClients.consumer(stack.kafka(), "router-it-inbox"),
                new StringDeserializer(),
                new AvroSerdes(stack.registry()).valueSerde(CellRecord.class).deserializer())) {
            List<TopicPartition> partitions = inbox.partitionsFor(SessionTopics.CELL_INBOX.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            inbox.assign(partitions);
            inbox.seekToBeginning(partitions);
            List<CellRecord> cleared = new ArrayList<>();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                inbox.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.value().getBody() instanceof ClearHalt
                            && record.value().getCellId().equals(own("us-east-1"))) {
                        cleared.add(record.value());
                    }
                });
                assertThat(cleared).singleElement().satisfies(record -> {
                    assertThat(record.getBody()).isEqualTo(new ClearHalt("ann"));
                });
            });
        }
    }

    @Test
    void aPartyIsPlacedTogetherAndEachMemberIsGivenItsOwnSession() throws Exception {
        game("it-party", GpuClass.ULTRA);
        TestHost host = new TestHost(client, "it-party-host", own("ap-northeast-1"), 3, "ULTRA");
        awaitHost(host);
        awaitReadyHosts(host, own("ap-northeast-1"), 1);
        Client.Answer leader = client.post(
                "/v1/sessions?waitMs=10000",
                "{\"playerId\":\"%s\",\"gameId\":\"it-party\",\"party\":[\"%s\",\"%s\"],\"rttMs\":{\"%s\":5}}"
                        .formatted(own("lea"), own("moe"), own("nia"), own("ap-northeast")),
                "Idempotency-Key",
                "k-1");
        assertThat(leader.status()).as("%s", leader.body()).isEqualTo(201);
        for (String member : List.of(own("moe"), own("nia"))) {
            Client.Answer own = client.play(member, "k-1", "it-party", own("eu-west"));
            assertThat(own.status()).as("%s", own.body()).isEqualTo(200);
            assertThat(own.text("playerId")).isEqualTo(member);
            assertThat(own.text("cellId")).isEqualTo(leader.text("cellId"));
            assertThat(own.text("status")).isEqualTo("GRANTED");
        }
        for (String player : List.of(own("lea"), own("moe"), own("nia"))) {
            String session =
                    client.play(player, "k-2", "it-party", own("eu-west")).text("sessionId");
            assertThat(client.delete("/v1/sessions/" + session).text("status")).isEqualTo("ENDED");
        }
    }

    /** While the host beats: one that is silent wouldn't be ready either. */
    private static void awaitReadyHosts(TestHost host, String cell, int count) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            host.beat();
            assertThat(client.get("/v1/cells/" + cell).body().path("hostsReady").asInt())
                    .isEqualTo(count);
        });
    }

    private static void awaitHost(TestHost host) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(host.beat().status()).isEqualTo(200));
    }

    private static String awaitSession(String player, String game) {
        return awaitSession(player, game, own("us-west"));
    }

    /** Of a game that the gate may not have read yet, on a host that the cell may not have heard of yet. */
    private static String awaitSession(String player, String game, String region) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> client.play(player, "k-" + System.nanoTime(), game, region),
                        answer -> answer.status() == 200 || answer.status() == 201)
                .text("sessionId");
    }

    /** Runs what it is told at once. */
    private static final class Runner implements SessionRunner {

        private volatile @Nullable HostAgent agent;
        private final AtomicInteger stopped = new AtomicInteger();

        @Override
        public void start(WantedSession session) {
            tell(session.slot(), session.token(), SlotPhase.RUNNING);
        }

        @Override
        public void stop(int slot, long token, String reason) {
            stopped.incrementAndGet();
            tell(slot, token, SlotPhase.IDLE);
        }

        private void tell(int slot, long token, SlotPhase phase) {
            assertThat(Objects.requireNonNull(agent).report(slot, token, phase)).isTrue();
        }
    }

    @Test
    void whatIsNotARequestIsRefusedWithItsReason() {
        assertThat(client.post("/v1/sessions", "{\"playerId\":\"x\",\"gameId\":\"y\"}")
                        .text("type"))
                .isEqualTo("urn:gamestream:problem:bad-idempotency-key");
        assertThat(client.post("/v1/sessions", "{\"gameid\":\"y\"}", "Idempotency-Key", "k")
                        .text("detail"))
                .startsWith("gameid: unknown (known here:");
        Client.Answer unknown = client.play(own("zoe"), "k-1", "no-such-game", own("eu-west"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("type")).isEqualTo("urn:gamestream:problem:unknown-game");
        assertThat(client.get("/v1/sessions/s-none").status()).isEqualTo(404);
        assertThat(new TestHost(client, "h", "no-such-cell", 1).beat().status()).isEqualTo(422);
    }

    private static void ticketIsGood(String text, String host, String player, String session) {
        PlayerTickets tickets = new PlayerTickets(
                host, "gamestream", client.get("/v1/keys").raw().body());
        PlayerTickets.Ticket ticket = tickets.check(text);
        assertThat(ticket.playerId()).isEqualTo(player);
        assertThat(ticket.sessionId()).isEqualTo(session);
        assertThat(ticket.token()).isEqualTo(1);
        String forged = text.substring(0, text.length() - 6) + "AAAAAA";
        assertThatThrownBy(() -> tickets.check(forged)).hasMessageStartingWith("ticket: not good");
        PlayerTickets ofAnother = new PlayerTickets(
                "another", "gamestream", client.get("/v1/keys").raw().body());
        assertThatThrownBy(() -> ofAnother.check(text)).hasMessageStartingWith("ticket: not good");
    }

    private static void game(String id, GpuClass gpu) throws Exception {
        FreeGames.publish(stack.kafka(), stack.registry(), FreeGames.of(id, gpu));
    }

    private static String own(String name) {
        return name + "-" + RUN;
    }

    private static Map<String, String> overrides() {
        Map<String, String> all = stack.connectionSettings();
        all.put(
                "sessions.cells",
                REGIONS.stream()
                        .map(region -> "{ id = %s, region = %s, partition = %d }"
                                .formatted(own(region + "-1"), own(region), REGIONS.indexOf(region) % 4))
                        .collect(Collectors.joining(", ", "[", "]")));
        all.put("sessions.http.port", "0");
        all.put("sessions.tick", "200ms");
        all.put("sessions.policy.lease", LEASE.toMillis() + "ms");
        all.put("session-router.http.port", "0");
        all.put("streams.state-dir", stateDir.toString());
        all.put("streams.session-timeout", "2s");
        return all;
    }
}
