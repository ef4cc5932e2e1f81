package io.gamestream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.serving.testing.FakeLineage;
import io.gamestream.serving.testing.ServingClient;
import io.gamestream.serving.testing.ServingClient.Answer;
import io.gamestream.serving.testing.ServingSettings;
import io.gamestream.serving.testing.ViewProducer;
import io.gamestream.serving.testing.ViewSamples;
import io.gamestream.serving.view.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Read your own writes, and how fresh an answer is; change data capture and the catalog are played by the test. */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PositionIT {

    private static final String USER = "/v1/users/pi-u";

    private final ViewProducer views;
    private final FakeLineage lineage;
    private final ServingService service;
    private final ServingClient client;

    PositionIT(Stack stack) throws Exception {
        views = new ViewProducer(stack.kafka(), stack.registry());
        lineage = new FakeLineage(stack, "position-it");
        views.put(View.USERS, "pi-u", ViewSamples.user("pi-u", 1));
        views.flush();
        service = ServingService.start(new ServingSettings(stack, "position-it")
                .with("serving.position.slot", "position-it")
                .settings());
        client = new ServingClient(service.port());
    }

    @BeforeAll
    void ready() {
        client.awaitReady();
        // Positions without rows follow those whose rows have been taken.
        lineage.committed();
    }

    @AfterAll
    void stop() throws Exception {
        views.close();
        lineage.close();
        service.close();
    }

    @Test
    void aReadWaitsUntilItsWriteHasArrived() throws Exception {
        long lsn = lineage.nextLsn();
        lineage.captured(lsn, Instant.now());
        Answer early = client.get(USER, "Backbone-Position", token(lsn), "Backbone-Wait-Ms", "200");
        assertThat(early.status()).isEqualTo(412);
        assertThat(early.json().get("requested").asText()).isEqualTo(token(lsn));
        assertThat(early.json().get("applied").asText()).startsWith("pg:");
        assertThat(early.json().get("type").asText()).isEqualTo("urn:gamestream:problem:position-not-applied");

        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                () -> client.get(USER, "Backbone-Position", token(lsn), "Backbone-Wait-Ms", "10000"));
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(2)).until(() -> !waiting.isDone());
        views.put(View.USERS, "pi-u", ViewSamples.user("pi-u", lsn));
        views.flush();
        lineage.committed();
        Answer answer = waiting.get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("W/\"" + Long.toHexString(lsn) + "\"");
        assertThat(answer.header("Backbone-Position")).isEqualTo(token(lsn));
        assertThat(client.get(USER, "Backbone-Position", token(lsn - 1), "Backbone-Wait-Ms", "0")
                        .status())
                .as("an earlier position is applied too")
                .isEqualTo(200);
    }

    @Test
    void asOfIsTheTimeOfTheLastPositionThatHasArrived() {
        Instant commit = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        long lsn = lineage.nextLsn();
        lineage.captured(lsn, commit);
        lineage.committed();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        Instant.parse(client.get(USER).json().get("asOf").asText()))
                .isEqualTo(commit));
    }

    @Test
    void anIdleViewIsAsFreshAsTheCapture() {
        for (int i = 1; i <= 3; i++) {
            Instant commit = Instant.now().plusSeconds(120 + i).truncatedTo(ChronoUnit.MILLIS);
            // A pulse: the position moves, no row is written.
            lineage.pulse(lineage.nextLsn(), commit);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            Instant.parse(client.get(USER).json().get("asOf").asText()))
                    .isEqualTo(commit));
        }
    }

    @Test
    void anUnchangedDatabaseIsAsFreshAsTheCapturesLastLook() {
        Instant commit = Instant.now().plusSeconds(180).truncatedTo(ChronoUnit.MILLIS);
        lineage.pulse(lineage.nextLsn(), commit);
        for (int i = 1; i <= 2; i++) {
            Instant verified = commit.plusSeconds(i);
            lineage.verified(commit, verified);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            Instant.parse(client.get(USER).json().get("asOf").asText()))
                    .isEqualTo(verified));
        }
    }

    private static String token(long lsn) {
        return String.format(Locale.ROOT, "pg:%X/%X", lsn >>> 32, lsn & 0xFFFFFFFFL);
    }
}
