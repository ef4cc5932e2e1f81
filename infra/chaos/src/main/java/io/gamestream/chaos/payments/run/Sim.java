package io.gamestream.chaos.payments.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.local.psp.PspKeys;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.local.psp.log.TruthLog;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The simulated PSP of the run: told to misbehave and to stop it, asked what it did. */
final class Sim {

    /** What the bank, the network and the PSP's own software do while the run lasts. */
    private static final String TRANSPORT = """
            "transport": {"latency-min-ms": 5, "latency-max-ms": 60, "rate-limited": 0.02, "timeout-before": 0.015, "timeout-after": 0.02,
              "slow": 0.01, "slow-ms": 2500, "error-before": 0.01, "error-after": 0.02, "stall-body": 0.01, "hold-ms": 2500}
            """;

    static final String MISBEHAVE = "{" + TRANSPORT + """
            ,"outcome": {"declines": 0.08, "challenges": 0.06, "processing": 0.05, "wrong-amounts": 0.01, "disputes": 0.04,
              "inquiries": 0.3, "refunds-pending": 0.3, "refunds-failed": 0.1},
             "webhook": {"duplicated": 0.1, "delayed": 0.1, "delay-ms": 4000, "reordered": 0.2, "lost": 0.1, "forged": 0.05}}
            """;

    private static final String AWAY = """
            {"transport": {"rate-limited": 0, "timeout-before": 1, "timeout-after": 0, "slow": 0, "error-before": 0, "error-after": 0,
              "stall-body": 0}}
            """;

    private static final String HEALED = """
            {"transport": {"latency-min-ms": 1, "latency-max-ms": 10, "rate-limited": 0, "timeout-before": 0, "timeout-after": 0,
              "slow": 0, "error-before": 0, "error-after": 0, "stall-body": 0},
             "outcome": {"declines": 0, "challenges": 0, "processing": 0, "wrong-amounts": 0, "disputes": 0, "refunds-pending": 0,
              "refunds-failed": 0},
             "webhook": {"duplicated": 0, "delayed": 0, "reordered": 0, "lost": 0, "forged": 0}}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String url;
    private final Path directory;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param directory where it keeps its log and its keys */
    Sim(String url, Path directory) {
        this.url = url;
        this.directory = directory;
    }

    void misbehave() {
        faults(MISBEHAVE);
    }

    void heal() {
        faults(HEALED);
    }

    /** From now on no call gets an answer. */
    void goAway() {
        faults(AWAY);
    }

    /** Its calls go wrong as often as before {@link #goAway}. */
    void comeBack() {
        faults("{" + TRANSPORT + "}");
    }

    /** From now on no webhook arrives, nor does its duplicate. */
    void loseWebhooks() {
        faults("{\"webhook\": {\"lost\": 1.0, \"duplicated\": 0}}");
    }

    void loseSomeWebhooks() {
        faults("{\"webhook\": {\"lost\": 0.1, \"duplicated\": 0.1}}");
    }

    /** Things that it has still to do, and webhooks that it has still to deliver. */
    int pending() {
        JsonNode status = call(request("/_sim/status").GET());
        return status.path("openTasks").asInt()
                + status.path("pendingDeliveries").asInt();
    }

    String apiKey() {
        return PspKeys.in(directory).apiKey();
    }

    String webhookSecret() {
        return PspKeys.in(directory).webhookSecret();
    }

    /** Its log, oldest entry first. */
    void truth(Consumer<Entry> each) {
        TruthLog.read(directory.resolve("psp-truth.jsonl"), (entry, ref) -> each.accept(entry));
    }

    private void faults(String plan) {
        call(request("/_sim/faults").POST(BodyPublishers.ofString(plan)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + apiKey())
                .header("Content-Type", "application/json");
    }

    private JsonNode call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new ChaosException(
                        "the simulated PSP answered with " + answer.statusCode() + ": " + answer.body());
            }
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new ChaosException("the simulated PSP does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        }
    }
}
