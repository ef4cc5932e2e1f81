package io.gamestream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.serving.testing.ServingClient;
import io.gamestream.serving.testing.ServingClient.Answer;
import io.gamestream.serving.testing.ServingSettings;
import io.gamestream.serving.testing.SessionSamples;
import io.gamestream.serving.testing.ViewProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions, regions and presence, read from what cells tell. */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionReadsIT {

    private final ViewProducer topics;
    private final ServingService service;
    private final ServingClient client;

    SessionReadsIT(Stack stack) throws Exception {
        topics = new ViewProducer(stack.kafka(), stack.registry());
        tell("s-1", "ann", SessionStatus.ACTIVE);
        tell("s-2", "bob", SessionStatus.QUEUED);
        tell("s-3", "cid", SessionStatus.RESUMABLE);
        topics.put(SessionTopics.CAPACITY, "sr-fra-1", SessionSamples.capacity("sr-fra-1", "sr-fra"));
        topics.put(SessionTopics.CAPACITY, "sr-fra-2", SessionSamples.capacity("sr-fra-2", "sr-fra"));
        topics.put(SessionTopics.CAPACITY, "sr-iad-1", SessionSamples.capacity("sr-iad-1", "sr-iad"));
        topics.flush();
        service = ServingService.start(new ServingSettings(stack, "session-reads-it").settings());
        client = new ServingClient(service.port());
    }

    @BeforeAll
    void ready() {
        client.awaitReady();
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        topics.close();
    }

    @Test
    void aSessionSaysWhereItIsAndThatItIsAsItWas() {
        Answer found = client.awaitStatus("/v1/sessions/s-1", 200);
        assertThat(found.json().path("status").asText()).isEqualTo("ACTIVE");
        assertThat(found.json().path("region").asText()).isEqualTo("sr-fra");
        assertThat(found.json().path("asOf").asText()).startsWith("20");
        assertThat(Long.parseLong(found.header("Age-Ms"))).isBetween(0L, 60_000L);
        assertThat(client.get("/v1/sessions/s-1", "If-None-Match", found.header("ETag"))
                        .status())
                .isEqualTo(304);
        JsonNode queued = client.get("/v1/sessions/s-2").json();
        assertThat(queued.path("position").asInt()).isEqualTo(3);
        assertThat(queued.path("etaSeconds").asInt()).isEqualTo(40);
        Answer nobody = client.get("/v1/sessions/s-nobody");
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.json().path("type").asText()).isEqualTo("urn:gamestream:problem:not-found");
    }

    @Test
    void whoIsWhereFollowsEachSessionToItsEnd() {
        tell("s-4", "dee", "sr-ams", SessionStatus.QUEUED);
        awaitPlayers("sr-ams", "queued");
        tell("s-4", "dee", "sr-ams", SessionStatus.ACTIVE);
        awaitPlayers("sr-ams", "playing");
        tell("s-4", "dee", "sr-ams", SessionStatus.ENDED);
        topics.put(SessionTopics.EVENTS, "dee", SessionSamples.ended("s-4", "dee", "sr-ams"));
        topics.flush();
        client.awaitJson(
                "/v1/presence?region=sr-ams", body -> body.path("players").asInt() == 0);
        JsonNode ended = client.awaitJson(
                "/v1/sessions/s-4", body -> body.path("playedMinutes").asInt() == 2);
        assertThat(ended.path("status").asText()).isEqualTo("ENDED");
        assertThat(ended.path("playedSeconds").asInt()).isEqualTo(90);
        assertThat(ended.path("endedAt").asText()).isEqualTo("2026-01-02T03:05:35.678Z");
    }

    /** Such a session is left where its end was missed. */
    @Test
    void aSessionOfAPlayerWhoIsForgottenIsNotThere() {
        tell("s-5", "eve", "sr-gru", SessionStatus.ACTIVE);
        awaitPlayers("sr-gru", "playing");
        topics.delete(SessionTopics.ASSIGNMENTS, "eve");
        topics.flush();
        client.awaitStatus("/v1/sessions/s-5", 404);
        client.awaitJson(
                "/v1/presence?region=sr-gru", body -> body.path("players").asInt() == 0);
    }

    @Test
    void presenceIsOfARegionAndAGame() {
        JsonNode fra = client.awaitJson(
                "/v1/presence?region=sr-fra&game=g-1001",
                body -> body.path("players").asInt() == 3);
        assertThat(fra.path("items").size()).isEqualTo(1);
        assertThat(fra.at("/items/0/playing").asInt()).isEqualTo(1);
        assertThat(fra.at("/items/0/resumable").asInt()).isEqualTo(1);
        assertThat(fra.at("/items/0/queued").asInt()).isEqualTo(1);
        assertThat(client.get("/v1/presence?region=sr-fra&game=g-none")
                        .json()
                        .path("players")
                        .asInt())
                .isZero();
        assertThat(client.get("/v1/presence?cursor=forged").status()).isEqualTo(400);
    }

    @Test
    void regionsAddUpTheirCells() {
        JsonNode region = client.awaitStatus("/v1/regions/sr-fra/capacity", 200).json();
        assertThat(region.path("slots").asInt()).isEqualTo(16);
        assertThat(region.path("cells").size()).isEqualTo(2);
        assertThat(region.at("/cells/1/cellId").asText()).isEqualTo("sr-fra-2");
        assertThat(region.at("/cells/1/classes/0/free").asInt()).isEqualTo(5);
        assertThat(client.get("/v1/regions").json().path("items"))
                .filteredOn(item -> item.path("region").asText().startsWith("sr-"))
                .extracting(item ->
                        item.path("region").asText() + " " + item.path("live").asInt())
                .containsExactly("sr-fra 6", "sr-iad 3");
        assertThat(client.get("/v1/regions/sr-none/capacity").status()).isEqualTo(404);
    }

    private void awaitPlayers(String region, String doing) {
        client.awaitJson(
                "/v1/presence?region=" + region,
                body -> body.path(doing).asInt() == 1 && body.path("players").asInt() == 1);
    }

    private void tell(String session, String player, SessionStatus status) {
        tell(session, player, "sr-fra", status);
    }

    private void tell(String session, String player, String region, SessionStatus status) {
        topics.put(SessionTopics.ASSIGNMENTS, player, SessionSamples.assignment(session, player, region, status));
        topics.flush();
    }
}
