package io.gamestream.serving.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.http.Json;
import io.gamestream.serving.changes.EventReader.Event;
import io.gamestream.serving.changes.StreamPosition.Offsets;
import io.gamestream.serving.testing.RunningService;
import io.gamestream.serving.testing.ViewProducer;
import io.gamestream.serving.testing.ViewSamples;
import io.gamestream.serving.view.View;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of changes, from a record in a view's topic to an event that a client gets. */
@ExtendWith(StackExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ChangesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** What the keys of this run begin with: the stack may have seen others. */
    private static final String MINE = "c-r-" + UUID.randomUUID() + "-";

    private final Stack stack;
    private final ViewProducer views;
    private RunningService service;

    ChangesIT(Stack stack) {
        this.stack = stack;
        this.views = new ViewProducer(stack.kafka(), stack.registry());
    }

    @BeforeAll
    void start() throws Exception {
        service = RunningService.start(
                stack,
                Map.of(
                        "serving.changes.heartbeat", "300ms",
                        "serving.changes.recent-changes", "200",
                        "serving.changes.max-clients", "6",
                        "serving.changes.client-buffer-bytes", "65536",
                        "serving.views.application-id", "changes-it"));
    }

    @AfterAll
    void stop() throws Exception {
        views.close();
        service.close();
    }

    @Test
    void tellsOfUpsertsAndDeletesAsTheyHappen() throws Exception {
        try (EventReader reader = EventReader.open(service, "/v1/changes/users")) {
            views.put(View.USERS, "c-live", ViewSamples.user("c-live", 7));
            views.delete(View.USERS, "c-live", 8);
            views.flush();
            await().atMost(SOON).until(() -> of(reader, "c-live").size() == 2);
            Event upsert = of(reader, "c-live").get(0);
            assertThat(upsert.type()).isEqualTo("upsert");
            assertThat(upsert.version()).isEqualTo(7);
            assertThat(upsert.data().path("handle").asText()).isEqualTo("player-c-live");
            Event delete = of(reader, "c-live").get(1);
            assertThat(delete.type()).isEqualTo("delete");
            assertThat(delete.version()).isEqualTo(8);
        }
    }

    @Test
    void everyViewHasChanges() throws Exception {
        Map<View, SpecificRecord> samples = Map.of(
                View.GAMES, ViewSamples.game("c-all", "A Game", 100, 1),
                View.ORDERS, ViewSamples.order("c-all", "c-u", 1),
                View.LIBRARY, ViewSamples.library("c-all", 2, 1),
                View.SALES, ViewSamples.sales("c-all", 3, 1));
        for (Map.Entry<View, SpecificRecord> sample : samples.entrySet()) {
            views.put(sample.getKey(), "c-all", sample.getValue());
            views.flush();
            String path = "/v1/changes/" + sample.getKey().label() + "?from=beginning&key=c-all";
            try (EventReader reader = EventReader.open(service, path)) {
                await().atMost(SOON).until(() -> !reader.events().isEmpty());
                assertThat(reader.events()).allMatch(event -> event.key().equals("c-all"));
            }
        }
    }

    /** Clients that hang up after a few events and resume, while changes go on: from the past into the present and back. */
    @Test
    void resumesWithoutLossOrDuplicates() throws Exception {
        int keys = 40;
        int versions = 100;
        int all = keys * versions;
        AtomicBoolean written = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int version = 1; version <= versions; version++) {
                for (int key = 0; key < keys; key++) {
                    views.put(View.ORDERS, MINE + key, ViewSamples.order(MINE + key, "c-u", version));
                }
                if (version % 10 == 0) {
                    views.flush();
                }
            }
            views.flush();
            written.set(true);
        });
        Map<String, List<Long>> got = new HashMap<>();
        Random random = new Random(4711);
        String lastId = null;
        int received = 0;
        writer.start();
        while (received < all) {
            int take = 1 + random.nextInt(random.nextInt(4) == 0 ? 1_000 : 100);
            try (EventReader reader = EventReader.open(service, "/v1/changes/orders?from=beginning", lastId, take)) {
                int total = received;
                await().atMost(SOON).until(() -> reader.ended() || total + mine(reader) >= all);
                for (Event event : reader.events()) {
                    lastId = event.id();
                    if (event.key().startsWith(MINE)) {
                        assertThat(event.type()).isEqualTo("upsert");
                        got.computeIfAbsent(event.key(), key -> new ArrayList<>())
                                .add(event.version());
                        received++;
                    }
                }
            }
        }
        writer.join();
        assertThat(written).isTrue();
        assertThat(got).hasSize(keys);
        got.forEach((key, list) -> assertThat(list)
                .as(key)
                .hasSize(versions)
                .doesNotHaveDuplicates()
                .isSorted());
    }

    @Test
    void cutsAClientThatIsTooSlowAndLetsItResume() throws Exception {
        String path = "/v1/changes/library";
        try (Socket lazy = lazy(path)) {
            // 36 MB: far more than fits into the sockets on the way and the buffer together.
            for (int i = 1; i <= 400; i++) {
                views.put(View.LIBRARY, "c-slow", ViewSamples.library("c-slow", 1_000, i));
            }
            views.flush();
            await().atMost(Duration.ofSeconds(40)).until(() -> metric("serving_changes_cut_total") >= 1);
        }
        try (EventReader reader = EventReader.open(service, path + "?from=beginning&key=c-slow")) {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> reader.events().stream().anyMatch(event -> event.version() == 400));
        }
    }

    @Test
    void keepsAQuietClientsPositionFresh() throws Exception {
        try (EventReader reader = EventReader.open(service, "/v1/changes/sales?key=nobody")) {
            String first = reader.lastId();
            views.put(View.SALES, "c-quiet", ViewSamples.sales("c-quiet", 1, 1));
            views.flush();
            await().atMost(SOON).until(() -> {
                String id = reader.lastId();
                return id != null && !id.equals(first) && moved(first, id);
            });
            assertThat(reader.events()).isEmpty();
        }
    }

    @Test
    void saysWhenAnIdCannotBeResumedAndStartsFromTheBeginning() throws Exception {
        views.put(View.USERS, "c-reset", ViewSamples.user("c-reset", 1));
        views.flush();
        String id;
        try (EventReader reader = EventReader.open(service, "/v1/changes/users?from=beginning")) {
            await().atMost(SOON).until(() -> reader.lastId() != null);
            id = String.valueOf(reader.lastId());
        }
        StreamPosition good = decode(id);
        StreamPosition old = new StreamPosition(
                good.view(),
                good.topicId(),
                good.completeMillis() - Duration.ofDays(8).toMillis(),
                good.next());
        StreamPosition foreign = new StreamPosition(good.view(), Uuid.randomUuid(), good.completeMillis(), good.next());
        StreamPosition beyond =
                new StreamPosition(good.view(), good.topicId(), good.completeMillis(), new Offsets(1L << 40, 0, 0, 0));
        for (StreamPosition bad : List.of(old, foreign, beyond)) {
            try (EventReader reader = EventReader.open(service, "/v1/changes/users?after=" + bad.encode())) {
                await().atMost(SOON).until(() -> !of(reader, "c-reset").isEmpty());
                assertThat(reader.events().get(0).type()).isEqualTo("reset");
                assertThat(reader.events().get(0).data().path("reason").asText())
                        .isNotBlank();
            }
        }
    }

    @Test
    void turnsAwayMoreClientsThanItCanHave() throws Exception {
        List<InputStream> open = new ArrayList<>();
        HttpResponse<InputStream> answer = stream("/v1/changes/games");
        while (answer.statusCode() == 200) {
            open.add(answer.body());
            answer = stream("/v1/changes/games");
        }
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(open).hasSizeBetween(1, 6);
        for (InputStream body : open) {
            body.close();
        }
        await().atMost(SOON).until(() -> metric("serving_changes_clients") == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/changes/nothing, 404",
        "/v1/changes/games?form=now, 400",
        "/v1/changes/games?from=yesterday, 400",
        "/v1/changes/games?after=xyz, 400",
        "/v1/changes/games?after=xyz&from=now, 400"
    })
    void refusesWhatItCannotUnderstand(String path, int status) throws Exception {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertThat(problem.path("type").asText()).startsWith("urn:gamestream:problem:");
    }

    @Test
    void refusesAnIdOfAnotherView() throws Exception {
        try (EventReader reader = EventReader.open(service, "/v1/changes/games")) {
            await().atMost(SOON).until(() -> reader.lastId() != null);
            assertThat(service.get("/v1/changes/users", "Last-Event-ID", String.valueOf(reader.lastId()))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    /**
     * A client that reads the status of the answer and then nothing. Its socket has a buffer of a fixed size: one that the kernel may let
     * grow takes up to {@code tcp_rmem} (32 MiB on some machines) before the service notices anything.
     */
    private Socket lazy(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        URI uri = service.request(path).build().uri();
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        String expected = "HTTP/1.1 200";
        assertThat(socket.getInputStream().readNBytes(expected.length()))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(expected);
        return socket;
    }

    private HttpResponse<InputStream> stream(String path) throws Exception {
        return service.client().send(service.request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private double metric(String name) throws Exception {
        return service.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static long mine(EventReader reader) {
        return reader.events().stream()
                .filter(event -> event.key().startsWith(MINE))
                .count();
    }

    private static boolean moved(@Nullable String first, String id) {
        return first == null
                || (!decode(first).next().equals(decode(id).next())
                        && decode(first).completeMillis() < decode(id).completeMillis());
    }

    private static StreamPosition decode(String id) {
        return StreamPosition.decode(id).orElseThrow();
    }

    private static List<Event> of(EventReader reader, String key) {
        return reader.events().stream().filter(event -> event.key().equals(key)).toList();
    }
}
