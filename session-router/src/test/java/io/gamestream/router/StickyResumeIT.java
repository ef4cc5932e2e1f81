package io.gamestream.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;

/** A router that was started while Kafka is away: it has read nothing, and Redis is there. */
@ExtendWith(StackExtension.class)
class StickyResumeIT {

    private static final String HEARTBEAT = """
            {"cellId": "eu-west-1", "bootId": "b", "seq": 1, "address": "h:1", "gpuClass": "STANDARD",
             "slots": [{"phase": "IDLE", "token": "0"}]}""";

    private final String session = "s-" + UUID.randomUUID();
    private RouterService router;
    private Client client;
    private RedisClient redis;

    @BeforeEach
    void start(Stack stack) throws Exception {
        Map<String, String> settings = stack.connectionSettings();
        settings.put("kafka.bootstrap-servers", "127.0.0.1:" + closedPort());
        settings.put("session-router.http.port", "0");
        router = RouterService.start(Settings.load(null, System.getenv(), settings));
        client = new Client(router.port());
        redis = RedisClient.create(stack.redis().url());
    }

    @AfterEach
    void stop() throws Exception {
        redis.del("session:" + session);
        redis.close();
        router.close();
    }

    @Test
    void aPlayerComesBackToTheSlotThatRedisKnows() {
        store(SessionStatus.RESUMABLE, 60_000);
        Client.Answer resumed = client.post("/v1/sessions/" + session + "/resume", "{}");
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.text("ticket")).isNotEmpty();
        assertThat(resumed.body().path("host").path("id").asText()).isEqualTo("h-1");
        assertThat(resumed.body().path("host").path("token").asText()).isEqualTo("1");
        assertThat(client.get("/v1/sessions/" + session).body().has("bootId")).isFalse();
    }

    @Test
    void notToOneWhoseTimeMayBeOver() {
        store(SessionStatus.RESUMABLE, -1_000);
        Client.Answer refused = client.post("/v1/sessions/" + session + "/resume", "{}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void norToOneThatHasEnded() {
        store(SessionStatus.ENDED, 0);
        assertThat(client.post("/v1/sessions/" + session + "/resume", "{}").status())
                .isEqualTo(409);
    }

    @Test
    void whatIsNotKnownYetIsNotSaidToBeMissing() {
        for (Client.Answer answer : new Client.Answer[] {
            client.get("/v1/sessions/" + session),
            client.post("/v1/sessions/" + session + "/resume", "{}"),
            client.post("/v1/hosts/h-1/heartbeat", HEARTBEAT)
        }) {
            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(503);
            assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent();
        }
    }

    private void store(SessionStatus status, long validForMs) {
        Assignment assignment = Assignments.of(session, status);
        assignment.setValidForMs(validForMs);
        redis.set(
                "session:" + session,
                StoredSession.write(assignment, System.currentTimeMillis()).toString());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
