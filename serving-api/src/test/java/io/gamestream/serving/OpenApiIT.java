package io.gamestream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.testing.ApiContract;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.http.Json;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.views.AccountBalance;
import io.gamestream.schemas.views.AccountView;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.OrderViewLine;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.schemas.views.UserView;
import io.gamestream.serving.testing.ServingClient;
import io.gamestream.serving.testing.ServingClient.Answer;
import io.gamestream.serving.testing.ServingSettings;
import io.gamestream.serving.testing.SessionSamples;
import io.gamestream.serving.testing.ViewProducer;
import io.gamestream.serving.testing.ViewSamples;
import io.gamestream.serving.view.View;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the OpenAPI document says, held against the running service: its answers, its examples, and the bounds of its parameters. */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiIT {

    private static final List<String> ITEMS = List.of(
            "/v1/users/{id}",
            "/v1/users/{id}/library",
            "/v1/games/{id}",
            "/v1/orders/{id}",
            "/v1/payments/{id}",
            "/v1/ledger/accounts/{id}");
    private static final List<String> OF_SESSIONS = List.of("/v1/sessions/{id}", "/v1/regions/{id}/capacity");
    private static final List<String> LISTS =
            List.of("/v1/games", "/v1/games/search", "/v1/games/bestsellers", "/v1/regions", "/v1/presence");
    private static final List<String> LENIENT = List.of("/", "/healthz", "/metrics", "/openapi.json", "/readyz");
    private static final String CHANGES = "/v1/changes/{view}";
    private static final String OURS = "oa-";
    private static final String FAR_AHEAD = "pg:7FFFFFFF/FFFFFFFF";

    private final ServingService service;
    private final ServingService withoutKafka;
    private final ServingClient client;
    private final ServingClient waiting;
    private ApiContract contract = ApiContract.of("{}");

    OpenApiIT(Stack stack) throws Exception {
        try (ViewProducer views = new ViewProducer(stack.kafka(), stack.registry())) {
            writeExamples(views);
        }
        service = ServingService.start(new ServingSettings(stack, "open-api-it")
                .with("serving.changes.max-clients", "1")
                .settings());
        withoutKafka = ServingService.start(new ServingSettings(stack, "open-api-it-waiting")
                .with("kafka.bootstrap-servers", "127.0.0.1:1")
                .settings());
        client = new ServingClient(service.port());
        waiting = new ServingClient(withoutKafka.port());
    }

    @BeforeAll
    void readTheDocument() {
        client.awaitReady();
        contract = ApiContract.of(client.get("/openapi.json").body());
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        withoutKafka.close();
    }

    @Test
    void itsExamplesAreWhatIsAnswered() {
        assertThat(contract.badExamples()).isEmpty();
        for (String path : all()) {
            JsonNode example = contract.example("GET", path, "application/json");
            assertThat(example.isObject()).as(path).isTrue();
            String asked = exampleRequest(path);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            withoutTimes(client.get(asked).json()))
                    .as(asked)
                    .isEqualTo(withoutTimes(example)));
        }
    }

    @Test
    void itsExampleOfAStreamIsWhatComes() throws Exception {
        String example = contract.example("GET", CHANGES, "text/event-stream").asText();
        assertThat(event(exampleRequest(CHANGES))).isEqualTo(withoutTimes(event(new Scanner(example))));
    }

    /** Only what is not a mistake of the service; there must be none, so none can be asked for. */
    @Test
    void everyAnswerThatItPromisesIsGivenAsPromised() throws Exception {
        contract = ApiContract.of(client.get("/openapi.json").body());
        for (String path : all()) {
            String asked = exampleRequest(path);
            Answer found = client.awaitStatus(asked, 200);
            hold(path, found);
            hold(path, client.get(asked, "If-None-Match", found.header("ETag")));
            hold(path, client.get(path.replace("{id}", "x") + "?nope=1"));
            hold(path, waiting.get(asked));
        }
        for (String path : ITEMS) {
            hold(path, client.get(path.replace("{id}", "oa-nobody")));
            hold(path, client.get(path.replace("{id}", "%00")));
            hold(path, client.get(path.replace("{id}", "x"), "Backbone-Position", "7"));
            hold(path, client.get(exampleRequest(path), "Backbone-Position", FAR_AHEAD, "Backbone-Wait-Ms", "0"));
        }
        for (String path : OF_SESSIONS) {
            hold(path, client.get(path.replace("{id}", "oa-nobody")));
            hold(path, client.get(path.replace("{id}", "%00")));
        }
        for (String path : LENIENT) {
            hold(path, client.get(path + "?nope=1"));
        }
        hold("/readyz", waiting.get("/readyz"));
        hold("/metrics", client.get("/metrics", "Accept", "application/openmetrics-text"));
        hold("/", client.get("/", "If-None-Match", client.get("/").header("ETag")));
        holdChanges();
        assertThat(contract.unseen()).allMatch(promise -> promise.endsWith(" 500"));
    }

    @Test
    void theBoundsOfParametersAreThoseOfTheDocument() {
        for (String path : all()) {
            for (JsonNode parameter : contract.parameters("GET", path)) {
                if (parameter.path("in").asText().equals("query")) {
                    checkBounds(path, parameter);
                }
            }
        }
        for (JsonNode parameter : contract.parameters("GET", CHANGES)) {
            if (parameter.path("in").asText().equals("query")) {
                outside(parameter).forEach(query -> refused("/v1/changes/games?" + query, parameter));
            }
        }
    }

    @Test
    void theBoundsOfHeadersAreThoseOfTheDocument() {
        JsonNode wait = header("Backbone-Wait-Ms");
        String most = wait.path("maximum").asText();
        assertThat(wait.path("minimum").asInt()).isZero();
        assertThat(wait(FAR_AHEAD, "0").status()).isEqualTo(412);
        assertThat(wait("pg:0/0", most).status()).isEqualTo(200);
        for (String bad : List.of("-1", Long.toString(Long.parseLong(most) + 1), "1.5", "soon")) {
            assertThat(wait("pg:0/0", bad).json().path("header").asText()).isEqualTo("Backbone-Wait-Ms");
        }
        String pattern = header("Backbone-Position").path("pattern").asText();
        for (String token : List.of(
                "pg:0/0",
                "pg:0/a",
                "pg:F/12345678",
                "pg:7FFFFFFF/0",
                "pg:80000000/0",
                "0/1",
                "pg:0",
                "pg:0/123456789",
                "pg:g/0",
                "x")) {
            assertThat(wait(token, "0").status() == 400).as(token).isNotEqualTo(token.matches(pattern));
        }
    }

    private static List<String> all() {
        return Stream.of(ITEMS, OF_SESSIONS, LISTS).flatMap(List::stream).toList();
    }

    private void checkBounds(String path, JsonNode parameter) {
        String separator = exampleRequest(path, parameter.path("name").asText());
        String base = separator + (separator.contains("?") ? "&" : "?");
        inside(parameter).forEach(query -> assertThat(client.get(base + query).status())
                .as(base + query)
                .isEqualTo(200));
        outside(parameter).forEach(query -> refused(base + query, parameter));
        refused(base + "nope=1", "nope");
    }

    private void refused(String request, JsonNode parameter) {
        refused(request, parameter.path("name").asText());
    }

    private void refused(String request, String name) {
        Answer answer = client.get(request);
        assertThat(answer.status()).as(request).isEqualTo(400);
        assertThat(answer.json().path("parameter").asText()).as(request).isEqualTo(name);
    }

    /** Nothing is inside of an opaque parameter but what the service itself has made. */
    private static List<String> inside(JsonNode parameter) {
        JsonNode schema = schema(parameter);
        List<String> values = new ArrayList<>();
        schema.path("enum").forEach(word -> values.add(word.asText()));
        if (schema.has("minimum")) {
            values.addAll(List.of(
                    schema.path("minimum").asText(), schema.path("maximum").asText()));
        }
        if (schema.has("maxLength") && parameter.has("example")) {
            values.add("a".repeat(schema.path("maxLength").asInt()));
        }
        if (schema.path("format").asText().equals("date")) {
            values.add("2026-02-28");
        }
        if (schema.path("format").asText().equals("date-time")) {
            values.addAll(List.of("2099-02-28T00:00:00Z", "2099-02-28T00:00:00.123456+01:00"));
        }
        String name = parameter.path("name").asText();
        List<String> queries = new ArrayList<>(
                values.stream().map(value -> name + "=" + encode(value)).toList());
        int most = parameter.path("schema").path("maxItems").asInt(1);
        if (most > 1) {
            queries.add(repeated(name, most));
        }
        return queries;
    }

    private static List<String> outside(JsonNode parameter) {
        JsonNode schema = schema(parameter);
        String name = parameter.path("name").asText();
        List<String> values = new ArrayList<>();
        if (schema.has("enum")) {
            values.add("none-of-them");
        }
        if (schema.has("minimum")) {
            values.add(Long.toString(schema.path("minimum").asLong() - 1));
            values.add(Long.toString(schema.path("maximum").asLong() + 1));
            values.addAll(List.of("1.5", "one", "9".repeat(40)));
        }
        if (schema.has("maxLength")) {
            values.add("a".repeat(schema.path("maxLength").asInt() + 1));
        }
        if (schema.path("format").asText().equals("date")) {
            values.addAll(List.of("2026-02-30", "yesterday", "-2026-01-01"));
        }
        if (schema.path("format").asText().equals("date-time")) {
            values.addAll(List.of("2026-02-28", "2026-02-30T00:00:00Z", "2026-02-28T00:00:00", "yesterday"));
        }
        List<String> queries = new ArrayList<>(
                values.stream().map(value -> name + "=" + encode(value)).toList());
        queries.add(repeated(name, parameter.path("schema").path("maxItems").asInt(1) + 1));
        return queries;
    }

    private static String repeated(String name, int times) {
        StringJoiner all = new StringJoiner("&");
        for (int i = 0; i < times; i++) {
            all.add(name + "=a" + i);
        }
        return all.toString();
    }

    private static JsonNode schema(JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        return schema.has("items") ? schema.path("items") : schema;
    }

    private JsonNode header(String name) {
        return contract.parameters("GET", "/v1/users/{id}").stream()
                .filter(parameter -> parameter.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("schema");
    }

    private Answer wait(String position, String millis) {
        return client.get("/v1/users/u-1001", "Backbone-Position", position, "Backbone-Wait-Ms", millis);
    }

    private void hold(String path, Answer answer) {
        assertThat(contract.violations("GET", path, answer.status(), answer.headers(), answer.body()))
                .isEmpty();
    }

    private void holdChanges() throws Exception {
        hold(CHANGES, client.get("/v1/changes/nothing"));
        hold(CHANGES, client.get("/v1/changes/users?after=forged"));
        HttpResponse<InputStream> open = openStream("/v1/changes/users");
        assertThat(contract.violations("GET", CHANGES, open.statusCode(), open.headers(), ""))
                .isEmpty();
        hold(CHANGES, client.get("/v1/changes/users"));
        open.body().close();
    }

    private JsonNode event(String path) throws Exception {
        try (InputStream in = openStream(path).body()) {
            return withoutTimes(event(new Scanner(in, StandardCharsets.UTF_8)));
        }
    }

    private static JsonNode event(Scanner lines) {
        String type = "";
        while (lines.hasNextLine()) {
            String line = lines.nextLine();
            type = line.startsWith("event: ") ? line : type;
            if (line.startsWith("data: ")) {
                ObjectNode event = (ObjectNode) read(line.substring(6));
                return event.put("type", type);
            }
        }
        throw new AssertionError("the stream has ended");
    }

    /** There is one place for a stream, and the one before may not have left it yet. */
    private HttpResponse<InputStream> openStream(String path) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> stream(path), answer -> answer.statusCode() == 200);
    }

    private HttpResponse<InputStream> stream(String path) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
    }

    /** The request that the examples of an operation's parameters make. */
    private String exampleRequest(String path) {
        return exampleRequest(path, "");
    }

    private String exampleRequest(String path, String without) {
        String filled = path;
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (JsonNode parameter : contract.parameters("GET", path)) {
            String name = parameter.path("name").asText();
            JsonNode example = parameter.path("example");
            String value = example.isArray() ? example.get(0).asText() : example.asText();
            if (parameter.path("in").asText().equals("path")) {
                filled = filled.replace("{" + name + "}", value);
            } else if (parameter.path("in").asText().equals("query")
                    && parameter.has("example")
                    && !name.equals(without)) {
                query.add(name + "=" + encode(value));
            }
        }
        return filled + query;
    }

    private static JsonNode withoutTimes(JsonNode body) {
        JsonNode copy = body.deepCopy();
        Iterator<JsonNode> items = copy.path("items").elements();
        while (items.hasNext()) {
            // The stack has regions of other tests.
            String region = items.next().path("region").asText(OURS);
            if (!region.startsWith(OURS)) {
                items.remove();
            }
        }
        for (JsonNode at : List.of(copy, copy.path("sales"), copy.path("payment"))) {
            if (at instanceof ObjectNode object) {
                object.remove(List.of("asOf", "changedAt"));
            }
        }
        return copy;
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void writeExamples(ViewProducer views) {
        views.put(
                View.USERS,
                "u-1001",
                new UserView(
                        "u-1001",
                        "halmar",
                        "DE",
                        "eu-central",
                        "PLUS",
                        "ACTIVE",
                        ViewSamples.CREATED,
                        ViewSamples.CREATED,
                        1L));
        views.put(
                View.GAMES,
                "g-1001",
                GameView.newBuilder(ViewSamples.game("g-1001", "Lanterns of Halmar", 1999, 1))
                        .setDescription("Carry the light through the old mine.")
                        .setDeveloper("Studio Öre")
                        .setGenres(List.of("Puzzle", "Adventure"))
                        .setReleaseDate(LocalDate.of(2025, 11, 11))
                        .setAgeRating(12)
                        .setGpuClass("STANDARD")
                        .setStatus("ACTIVE")
                        .setUpdatedAt(ViewSamples.CREATED)
                        .build());
        views.put(View.SALES, "g-1001", new SalesView("g-1001", 3L, 3L, Map.of("EUR", 5997L), 1L));
        views.put(
                View.ORDERS,
                "o-1001",
                new OrderView(
                        "o-1001",
                        "u-1001",
                        "PAID",
                        List.of(new OrderViewLine("g-1001", 1, 1999L)),
                        1999L,
                        "EUR",
                        ViewSamples.CREATED,
                        ViewSamples.CREATED,
                        1L));
        views.put(
                View.LIBRARY,
                "u-1001",
                new LibraryView("u-1001", List.of(new LibraryItem("g-1001", "o-1001", ViewSamples.CREATED)), 1L));
        views.put(View.PAYMENTS, "o-1001", ViewSamples.payment("o-1001", "u-1001"));
        views.put(
                View.ACCOUNTS,
                "oa-revenue",
                new AccountView(
                        "oa-revenue", List.of(new AccountBalance("EUR", 0L, 1999L, -1999L)), 1L, ViewSamples.CREATED));
        views.put(
                SessionTopics.ASSIGNMENTS,
                "u-1001",
                SessionSamples.assignment("s-1001", "u-1001", "oa-fra", SessionStatus.ACTIVE));
        views.put(SessionTopics.CAPACITY, "oa-fra-1", SessionSamples.capacity("oa-fra-1", "oa-fra"));
        views.flush();
    }
}
