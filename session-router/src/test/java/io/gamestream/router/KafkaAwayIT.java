package io.gamestream.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.agent.AgentMachine;
import io.gamestream.agent.HostAgent;
import io.gamestream.agent.HostSettings;
import io.gamestream.agent.SessionRunner;
import io.gamestream.agent.SlotPhase;
import io.gamestream.agent.WantedSession;
import io.gamestream.local.stack.BrokerProcess;
import io.gamestream.local.stack.FreeGames;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.topology.session.SessionService;
import io.gamestream.topology.streams.StreamsService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own is killed under a host that plays, and comes back within the host's lease. */
@ExtendWith(StackExtension.class)
class KafkaAwayIT {

    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final String CELL = "cell-" + RUN;
    private static final String REGION = "region-" + RUN;
    private static final String GAME = "away-" + RUN;

    /** So long that a broker on a busy machine is back within it; the router's own ack-timeout is what the answers wait for. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    private static Path files;

    private final CompletableFuture<HostAgent> agent = new CompletableFuture<>();
    private final AtomicInteger stopped = new AtomicInteger();

    @Test
    void heartbeatsAreTakenLeasesAreNotRenewedAndWhatRunsGoesOn(Stack stack) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(files.resolve("broker"))) {
            broker.awaitReady(Duration.ofMinutes(2));
            Settings settings = Settings.load(null, System.getenv(), overrides(stack, broker));
            FreeGames.publish(broker.settings(), stack.registry(), FreeGames.of(GAME, GpuClass.STANDARD));
            try (StreamsService sessions = SessionService.start(settings);
                    RouterService router = RouterService.start(settings);
                    HostAgent running = HostAgent.start(host(router), runner())) {
                agent.complete(running);
                Client client = new Client(router.port());
                String session = play(client);
                TestHost witness = new TestHost(client, "witness", CELL, 1, "ULTRA");
                assertThat(witness.beat().body().path("renewed").asBoolean()).isTrue();

                broker.kill();
                Client.Answer taken = witness.beat();
                assertThat(taken.status()).as(taken.raw().body()).isEqualTo(200);
                assertThat(taken.body().path("renewed").asBoolean(true)).isFalse();
                assertThat(taken.body().has("leaseMs")).isFalse();
                assertThat(metric(client, "router_beats_kept")).isPositive();
                Client.Answer refused = client.play("late-" + RUN, "k-1", GAME, REGION);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
                assertThat(client.get("/v1/sessions/" + session).text("status")).isEqualTo("ACTIVE");

                broker.startAgain();
                broker.awaitReady(Duration.ofMinutes(2));
                await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                    assertThat(metric(client, "router_beats_kept")).isZero();
                    assertThat(witness.beat().body().path("renewed").asBoolean())
                            .isTrue();
                });
                assertThat(running.slots()).extracting(AgentMachine.Slot::phase).containsExactly(SlotPhase.RUNNING);
                assertThat(stopped).hasValue(0);
            }
        }
    }

    private static String play(Client client) {
        String session = await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> client.play("ann-" + RUN, "k-" + System.nanoTime(), GAME, REGION),
                        answer -> answer.status() == 200 || answer.status() == 201)
                .text("sessionId");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        client.get("/v1/sessions/" + session).text("status"))
                .isEqualTo("ACTIVE"));
        return session;
    }

    private SessionRunner runner() {
        return new SessionRunner() {
            @Override
            public void start(WantedSession session) {
                agent.join().report(session.slot(), session.token(), SlotPhase.RUNNING);
            }

            @Override
            public void stop(int slot, long token, String reason) {
                stopped.incrementAndGet();
            }
        };
    }

    private static HostSettings host(RouterService router) {
        return new HostSettings(
                URI.create("http://127.0.0.1:" + router.port()),
                "away-host",
                CELL,
                "127.0.0.1:" + router.port(),
                "STANDARD",
                1,
                Duration.ofSeconds(2),
                LEASE);
    }

    private static double metric(Client client, String name) {
        return client.get("/metrics")
                .raw()
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Map<String, String> overrides(Stack stack, BrokerProcess broker) {
        Map<String, String> all = stack.connectionSettings();
        all.keySet().removeIf(path -> path.startsWith("kafka."));
        all.put("kafka.bootstrap-servers", broker.settings().bootstrapServers());
        all.put("sessions.cells", "[{ id = %s, region = %s, partition = 0 }]".formatted(CELL, REGION));
        all.put("sessions.http.port", "0");
        all.put("sessions.tick", "200ms");
        all.put("sessions.policy.lease", LEASE.toSeconds() + "s");
        all.put("session-router.http.port", "0");
        all.put("streams.state-dir", files.resolve("streams").toString());
        return all;
    }
}
