package io.gamestream.local.psp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.local.psp.log.TruthLog;
import io.gamestream.local.testing.ChildJvm;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process that is killed again and again under load. */
class KilledPspIT {

    private static final int KILLS = 4;
    private static final int KEYS_PER_LIFE = 300;

    @TempDir
    Path dir;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    private @Nullable Process last;

    /** One that is left would keep the build from ending: it has its output. */
    @AfterEach
    void endTheLast() {
        if (last != null) {
            last.destroyForcibly();
        }
    }

    @Test
    void whatWasAnsweredIsStillTrueAndNobodyIsChargedTwice() throws Exception {
        int port = freePort();
        for (int life = 0; life < KILLS; life++) {
            Process process = start(port);
            int enough = answered.size() + KEYS_PER_LIFE / 3;
            for (int i = 0; i < KEYS_PER_LIFE; i++) {
                String key = "key-" + life + "-" + i;
                CompletableFuture<?> unused = client.sendAsync(purchase(port, key), BodyHandlers.ofString())
                        .thenAccept(answer -> note(key, answer));
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answered.size() >= enough);
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        Map<String, String> before = Map.copyOf(answered);
        Process process = start(port);
        for (Map.Entry<String, String> entry : before.entrySet()) {
            HttpResponse<String> again = client.send(purchase(port, entry.getKey()), BodyHandlers.ofString());
            assertThat(again.headers().firstValue("Idempotent-Replayed"))
                    .as(entry.getKey())
                    .contains("true");
            assertThat(intent(again)).isEqualTo(entry.getValue());
        }
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        Map<String, Integer> charges = new HashMap<>();
        Set<String> ids = new HashSet<>();
        TruthLog.read(dir.resolve("psp-truth.jsonl"), (entry, ref) -> {
            if (entry instanceof Entry.Change change && change.cause().key() != null) {
                charges.merge(change.cause().key(), 1, Integer::sum);
                change.objects()
                        .forEach(object ->
                                assertThat(ids.add(object.id())).as(object.id()).isTrue());
            }
        });
        assertThat(charges.values()).containsOnly(1);
        assertThat(charges.keySet()).containsAll(before.keySet());
    }

    private void note(String key, HttpResponse<String> answer) {
        if (answer.statusCode() == 200) {
            try {
                answered.put(key, intent(answer));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String intent(HttpResponse<String> answer) throws IOException {
        JsonNode body = Json.MAPPER.readTree(answer.body());
        return body.path("id").asText() + " " + body.path("status").asText();
    }

    private Process start(int port) throws IOException {
        Process process = ChildJvm.of(
                        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                        PspService.class,
                        "--set",
                        "local.psp.data-dir=" + dir,
                        "--set",
                        "local.psp.http.port=" + port,
                        "--set",
                        "local.psp.api-key=" + Simulator.KEY,
                        "--set",
                        "local.psp.webhooks.url=",
                        "--set",
                        "local.psp.faults.transport.latency-min-ms=0",
                        "--set",
                        "local.psp.faults.transport.latency-max-ms=20")
                .inheritIO()
                .start();
        last = process;
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> client.send(
                                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode()
                        == 200);
        return process;
    }

    private static HttpRequest purchase(int port, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/payment_intents"))
                .header("Authorization", "Bearer " + Simulator.KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa"))
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
