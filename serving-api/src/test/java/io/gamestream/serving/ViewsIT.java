package io.gamestream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.serving.testing.ServingClient;
import io.gamestream.serving.testing.ServingClient.Answer;
import io.gamestream.serving.testing.ServingSettings;
import io.gamestream.serving.testing.ViewProducer;
import io.gamestream.serving.testing.ViewSamples;
import io.gamestream.serving.view.View;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One instance on a real stack: from a view topic to an HTTP answer. */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsIT {

    private final Stack stack;
    private final ViewProducer views;
    private final ServingSettings settings;
    private ServingService service;
    private ServingClient client;

    ViewsIT(Stack stack) throws Exception {
        this.stack = stack;
        this.views = new ViewProducer(stack.kafka(), stack.registry());
        this.settings = new ServingSettings(stack, "views-it");
        views.put(View.USERS, "vi-u", ViewSamples.user("vi-u", 10));
        views.put(View.GAMES, "vi-g", ViewSamples.game("vi-g", "Skyrim", 5999, 10));
        views.put(View.ORDERS, "vi-o", ViewSamples.order("vi-o", "vi-u", 10));
        views.put(View.LIBRARY, "vi-u", ViewSamples.library("vi-u", 5, 10));
        views.put(View.SALES, "vi-g", ViewSamples.sales("vi-g", 3, 10));
        views.flush();
        this.service = ServingService.start(settings.settings());
        this.client = new ServingClient(service.port());
    }

    @BeforeAll
    void ready() {
        client.awaitReady();
    }

    @AfterAll
    void stop() throws Exception {
        views.close();
        service.close();
    }

    @Test
    void answersWhatTheTopicsHold() {
        Answer user = client.get("/v1/users/vi-u");
        assertThat(user.status()).isEqualTo(200);
        assertThat(user.json().get("handle").asText()).isEqualTo("player-vi-u");
        assertThat(user.json().has("asOf")).isTrue();
        assertThat(Long.parseLong(user.header("Age-Ms"))).isBetween(0L, 120_000L);
        assertThat(user.header("Backbone-Served-By")).isEqualTo("127.0.0.1:" + service.port());
        assertThat(user.header("Backbone-Role")).isEqualTo("active");
        JsonNode game = client.get("/v1/games/vi-g").json();
        assertThat(game.get("title").asText()).isEqualTo("Skyrim");
        assertThat(game.get("sales").get("units").asLong()).isEqualTo(3);
        assertThat(client.get("/v1/orders/vi-o")
                        .json()
                        .get("total")
                        .get("amountMinor")
                        .asLong())
                .isEqualTo(7999);
    }

    @Test
    void aChangeIsThereAtOnceAndAnOlderOneIsNot() {
        views.put(View.GAMES, "vi-change", ViewSamples.game("vi-change", "Old", 100, 20));
        views.put(View.GAMES, "vi-change", ViewSamples.game("vi-change", "New", 200, 30));
        views.put(View.GAMES, "vi-change", ViewSamples.game("vi-change", "Replayed", 100, 20));
        // On the same partition, so behind the replayed one.
        views.put(View.GAMES, "vi-change-2", ViewSamples.game("vi-change-2", "x", 1, 1));
        views.flush();
        client.awaitStatus("/v1/games/vi-change-2", 200);
        await().untilAsserted(() -> assertThat(
                        client.get("/v1/games/vi-change").json().get("title").asText())
                .isEqualTo("New"));
        views.delete(View.GAMES, "vi-change", 40);
        views.flush();
        Answer gone = client.awaitStatus("/v1/games/vi-change", 404);
        assertThat(gone.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(gone.json().get("type").asText()).isEqualTo("urn:gamestream:problem:not-found");
    }

    @Test
    void aClientThatHasItGetsNoBody() {
        String etag = client.get("/v1/orders/vi-o").header("ETag");
        Answer again = client.get("/v1/orders/vi-o", "If-None-Match", etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(etag);
        assertThat(again.header("Age-Ms")).isNotEmpty();
        assertThat(client.get("/v1/orders/vi-o", "If-None-Match", "\"other\"").status())
                .isEqualTo(200);
    }

    @Test
    void metricsTellOfEachTable() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            List<String> lines = client.get("/metrics").body().lines().toList();
            assertThat(lines.stream()
                            .filter(line -> line.startsWith("serving_view_entries{") && line.contains("\"users\"")))
                    .hasSize(TopicCatalogue.USER_VIEW.partitions());
            assertThat(lines.stream().filter(line -> line.startsWith("serving_view_lag{")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" 0.0"));
            assertThat(lines.stream().filter(line -> line.startsWith("serving_view_active{")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" 1.0"));
            assertThat(lines).contains("serving_views_loaded_ratio 1.0");
            assertThat(lines.stream().filter(line -> line.startsWith("serving_view_position{")))
                    .anyMatch(line -> !line.endsWith(" 0.0"));
        });
    }

    @Test
    void aLibraryComesInPages() {
        List<String> games = new ArrayList<>();
        String path = "/v1/users/vi-u/library?limit=2";
        String cursor = "";
        do {
            JsonNode page = client.get(path + cursor).json();
            assertThat(page.get("total").asInt()).isEqualTo(5);
            page.get("items").forEach(item -> games.add(item.get("gameId").asText()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asText();
        } while (!cursor.isEmpty());
        assertThat(games).containsExactly("g-5", "g-4", "g-3", "g-2", "g-1");
    }

    @Test
    void aForgedLibraryCursorIsRefusedOrHarmless() {
        String path = "/v1/users/vi-u/library?limit=2&cursor=";
        String cursor = client.get("/v1/users/vi-u/library?limit=2")
                .json()
                .path("nextCursor")
                .asText();
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        for (int i = 0; i < bytes.length; i++) {
            byte[] forged = bytes.clone();
            forged[i] ^= (byte) 0x81;
            assertThat(client.get(path + Base64.getUrlEncoder().withoutPadding().encodeToString(forged))
                            .status())
                    .as("byte " + i)
                    .isIn(200, 400);
        }
        assertThat(client.get(path + "A".repeat(12_001)).status()).isEqualTo(400);
    }

    @Test
    void aUserWithoutGamesHasAnEmptyLibraryAndNobodyHasNone() {
        views.put(View.USERS, "vi-poor", ViewSamples.user("vi-poor", 1));
        views.flush();
        Answer empty = client.awaitStatus("/v1/users/vi-poor/library", 200);
        assertThat(empty.json().get("items")).isEmpty();
        assertThat(client.get("/v1/users/vi-nobody/library").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/users/vi-nobody, 404",
        "/v1/users/%00, 400",
        "/v1/users/a%0Ab, 400",
        "/v1/users/%C3%BCml%C3%A4ut, 404",
        "/v1/users/%E6%97%A5%E6%9C%AC, 404",
        "/v1/users/..%2F..%2Fetc, 404",
        "/v1/users/vi-u?limit=1, 400",
        "/v1/users/vi-u/library?limit=0, 400",
        "/v1/users/vi-u/library?limit=501, 400",
        "/v1/users/vi-u/library?limit=x, 400",
        "/v1/users/vi-u/library?limit=1&limit=2, 400",
        "/v1/users/vi-u/library?cursor=nonsense, 400",
        "/v1/users/vi-u/library?genre=rpg, 400",
        "/v1/users/%00/library, 400",
        "/v1/users/vi-u/nothing, 404",
        "/v1/users/, 404"
    })
    void whatIsWrongWithARequestIsSaid(String path, int status) {
        Answer answer = client.get(path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("io.gamestream");
    }

    @Test
    void longIdsAndBrokenHeadersAreRefused() {
        assertThat(client.get("/v1/users/" + "x".repeat(257)).status()).isEqualTo(400);
        assertThat(client.get("/v1/users/" + "x".repeat(20_000)).status()).isIn(414, 431);
        assertThat(client.get("/v1/users/vi-u", "Backbone-Position", "0/1").status())
                .isEqualTo(400);
        assertThat(client.get("/v1/users/vi-u", "Backbone-Position", "pg:0/1", "Backbone-Wait-Ms", "-1")
                        .status())
                .isEqualTo(400);
        assertThat(client.get("/v1/users/vi-u").status()).isEqualTo(200);
    }

    @Test
    void aRecordThatCannotBeReadIsSetAsideAndTheRestGoesOn() throws Exception {
        byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> raw = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "poison"), new ByteArraySerializer(), new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(View.USERS.topic(), "vi-poison".getBytes(StandardCharsets.UTF_8), poison))
                    .get(10, TimeUnit.SECONDS);
        }
        views.put(View.USERS, "vi-poison", ViewSamples.user("vi-poison", 5));
        views.flush();
        client.awaitStatus("/v1/users/vi-poison", 200);
        Map<String, Object> properties = KafkaClients.consumer(stack.kafka(), "dead-letters");
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition at = new TopicPartition(TopicCatalogue.SERVING_DEAD_LETTERS.name(), 0);
            reader.assign(List.of(at));
            reader.seekToBeginning(List.of(at));
            List<byte[]> letters = new ArrayList<>();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                reader.poll(Duration.ofMillis(200)).forEach(letter -> letters.add(letter.value()));
                return letters.stream().anyMatch(letter -> Arrays.equals(letter, poison));
            });
        }
    }

    @Test
    void afterARestartEverythingIsThereAgain() throws Exception {
        views.put(View.USERS, "vi-stays", ViewSamples.user("vi-stays", 5));
        views.put(View.USERS, "vi-goes", ViewSamples.user("vi-goes", 5));
        views.delete(View.USERS, "vi-goes", 6);
        views.flush();
        client.awaitStatus("/v1/users/vi-stays", 200);
        service.close();
        service = ServingService.start(settings.settings());
        client = new ServingClient(service.port());
        client.awaitReady();
        assertThat(client.get("/v1/users/vi-stays").status()).isEqualTo(200);
        assertThat(client.get("/v1/users/vi-goes").status()).isEqualTo(404);
        assertThat(client.get("/v1/games/vi-g").json().get("sales").get("units").asLong())
                .isEqualTo(3);
    }
}
