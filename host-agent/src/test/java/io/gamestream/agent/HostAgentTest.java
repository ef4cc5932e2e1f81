package io.gamestream.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent whose runner fails, at a router that wants two sessions, and falls silent. */
class HostAgentTest {

    private static final String WANTS = """
            {%s, "sessions": [
              {"slot": 0, "token": 1, "sessionId": "s-0", "playerId": "ann", "gameId": "g"},
              {"slot": 1, "token": 1, "sessionId": "s-1", "playerId": "bob", "gameId": "g"}], "stop": []}""";

    private final Set<Integer> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer router;
    private volatile boolean silent;
    private volatile boolean kafkaAway;
    private volatile Duration lease = Duration.ofMillis(600);

    @BeforeEach
    void aRouter() throws IOException {
        router = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        router.createContext("/", this::answer);
        router.start();
    }

    @AfterEach
    void close() {
        router.stop(0);
    }

    @Test
    void aStopThatFailsKeepsNoOtherSlotRunningAndIsTriedAgain() throws InterruptedException {
        SessionRunner runner = new SessionRunner() {
            @Override
            public void start(WantedSession session) {
                running.add(session.slot());
            }

            @Override
            public void stop(int slot, long token, String reason) {
                if (slot == 0 && failures.incrementAndGet() <= 3) {
                    throw new IllegalStateException("the game does not answer");
                }
                running.remove(slot);
            }
        };
        try (HostAgent agent = HostAgent.start(settings(), runner)) {
            await().until(() -> running.size() == 2);
            silent = true;
            await().until(running::isEmpty);
            assertThat(failures).hasValue(4);
            assertThat(agent.slots()).extracting(AgentMachine.Slot::phase).containsOnly(SlotPhase.CLEANING);
        }
    }

    @Test
    void aRouterThatTakesHeartbeatsWithoutKafkaKeepsNothingRunningBeyondTheLease() throws InterruptedException {
        List<String> reasons = new CopyOnWriteArrayList<>();
        SessionRunner runner = new SessionRunner() {
            @Override
            public void start(WantedSession session) {
                running.add(session.slot());
            }

            @Override
            public void stop(int slot, long token, String reason) {
                running.remove(slot);
                reasons.add(reason);
            }
        };
        try (HostAgent agent = HostAgent.start(settings(), runner)) {
            await().until(() -> running.size() == 2);
            kafkaAway = true;
            await().until(running::isEmpty);
            assertThat(reasons).containsOnly("no acknowledgement for 600 ms");
            assertThat(agent.slots()).extracting(AgentMachine.Slot::phase).containsOnly(SlotPhase.CLEANING);
        }
    }

    @Test
    void aStartThatFailsIsToldAndTheOtherSlotStarts() throws InterruptedException {
        // Of a short one a busy machine misses a heartbeat, and the slot that has started is stopped.
        lease = Duration.ofMinutes(1);
        SessionRunner runner = new SessionRunner() {
            @Override
            public void start(WantedSession session) {
                if (session.slot() == 0) {
                    throw new IllegalStateException("there is no such game");
                }
                running.add(session.slot());
            }

            @Override
            public void stop(int slot, long token, String reason) {
                running.remove(slot);
            }
        };
        try (HostAgent agent = HostAgent.start(settings(), runner)) {
            await().untilAsserted(() -> assertThat(agent.slots())
                    .extracting(AgentMachine.Slot::phase)
                    .containsExactly(SlotPhase.CLEAN_FAILED, SlotPhase.STARTING));
            assertThat(running).containsExactly(1);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String wants = WANTS.formatted(kafkaAway ? "\"renewed\": false" : "\"leaseMs\": " + lease.toMillis());
            byte[] body = wants.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(silent ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private HostSettings settings() {
        return new HostSettings(
                URI.create("http://127.0.0.1:" + router.getAddress().getPort()),
                "h-1",
                "eu-west-1",
                "127.0.0.1:7000",
                "STANDARD",
                2,
                Duration.ofMillis(100),
                lease);
    }
}
