package io.gamestream.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.settings.SettingsException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Readiness readiness = new Readiness();
    private final Metrics metrics = new Metrics("sample");
    private final HttpService service = start(0);

    @AfterEach
    void stop() throws Exception {
        service.close();
        metrics.close();
    }

    @Test
    void answersHealthReadinessAndOpenApi() throws Exception {
        AtomicBoolean restored = new AtomicBoolean();
        readiness.check(
                "stores", () -> restored.get() ? Readiness.Status.READY : Readiness.Status.waiting("restoring", 0.25));
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        HttpResponse<String> waiting = get("/readyz");
        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(json(waiting).at("/checks/0/reason").asText()).isEqualTo("restoring");
        assertThat(json(waiting).at("/checks/0/progress").asDouble()).isEqualTo(0.25);
        restored.set(true);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(json(get("/openapi.json")).at("/openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void aCheckThatThrowsIsNotReady() throws Exception {
        readiness.check("broken", () -> {
            throw new IllegalStateException("no store");
        });
        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("no store");
    }

    @Test
    void everyRefusalIsAProblem() throws Exception {
        assertProblem(get("/nowhere"), 404, "not-found");
        assertProblem(get("/v1/things/1?limit=many"), 400, "bad-parameter");
        assertProblem(get("/v1/things/1?limit=11"), 400, "bad-parameter");
        assertProblem(send("DELETE", "/v1/things/1", ""), 405, "method-not-allowed");
        assertThat(send("DELETE", "/v1/things/1", "").headers().firstValue("Allow"))
                .contains("GET");
        HttpResponse<String> tooLarge = send("POST", "/v1/things", "x".repeat(101));
        assertProblem(tooLarge, 413, "too-large");
        assertThat(tooLarge.body()).contains("More than 100 bytes");
        assertProblem(get("/v1/items/absent"), 404, "not-found");
    }

    /** By hand: well-behaved clients refuse to send one. */
    @Test
    void aBrokenEscapeIsABadRequest() throws Exception {
        for (String path : new String[] {"/v1/items/%zz", "/v1/things/%zz"}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
                String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json");
            }
        }
    }

    @Test
    void anExceptionShowsNothingOfOurInsides() throws Exception {
        for (String path : new String[] {"/v1/broken", "/v1/items/broken", "/v1/broken-later"}) {
            HttpResponse<String> answer = get(path);
            assertProblem(answer, 500, "internal");
            assertThat(answer.body()).doesNotContain("secret");
        }
    }

    @Test
    void literalPathsBelowAHotRouteKeepTheirOwn() throws Exception {
        assertThat(get("/v1/items/7").body()).isEqualTo("item 7");
        assertThat(get("/v1/items/a%20b+c").body()).isEqualTo("item a b+c");
        assertThat(get("/v1/items/search").body()).isEqualTo("search");
        assertThat(send("POST", "/v1/things", "abc").body()).isEqualTo("abc");
    }

    @Test
    void countsRequestsByTemplate() throws Exception {
        get("/v1/items/7");
        get("/v1/items/8");
        get("/v1/things/1?limit=5");
        get("/made/up/1");
        get("/made/up/2");
        Awaitility.await().untilAsserted(() -> assertThat(get("/metrics").body())
                .contains(
                        "http_requests_total{method=\"GET\",route=\"/v1/items/{id}\",service=\"sample\",status_code=\"200\"} 2.0",
                        "http_requests_total{method=\"GET\",route=\"/v1/things/{id}\",service=\"sample\",status_code=\"200\"} 1.0",
                        "http_requests_total{method=\"GET\",route=\"unknown\",service=\"sample\",status_code=\"404\"} 2.0",
                        "http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/items/{id}\",service=\"sample\",le=\"0.005\"}",
                        "http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/items/{id}\",service=\"sample\",le=\"+Inf\"} 2",
                        "active_connections{service=\"sample\"} ",
                        "jvm_memory_used_bytes"));
        String buckets = get("/metrics").body();
        assertThat(buckets.lines()
                        .filter(line -> line.startsWith("http_request_duration_seconds_bucket")
                                && line.contains("/v1/items/{id}"))
                        .map(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1")))
                .containsExactly(
                        "0.005", "0.01", "0.025", "0.05", "0.1", "0.2", "0.3", "0.5", "0.7", "1.0", "3.0", "5.0", "7.0",
                        "10.0", "+Inf");
    }

    @Test
    void aBusyPortIsNamedWithItsSetting() {
        assertThatThrownBy(() -> start(service.port()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("port " + service.port())
                .hasMessageContaining("sample.http.port");
    }

    @Test
    void unknownParametersAreRefused() throws Exception {
        assertProblem(get("/v1/things/1?limt=5"), 400, "bad-parameter");
    }

    @Test
    void aQueryIsCheckedByTheDocument() throws Exception {
        assertThat(get("/v1/things/1").body()).isEqualTo("{\"limit\":3}");
        assertThat(get("/v1/things/1?limit=10&tag=a&tag=b&day=2026-01-31&kind=new")
                        .statusCode())
                .isEqualTo(200);
        for (String bad : new String[] {
            "limit=11",
            "limit=0",
            "limit=-1",
            "limit=1.0",
            "limit=99999999999999999999",
            "limit=1&limit=2",
            "tag=a&tag=b&tag=c",
            "tag=abcde",
            "tag=",
            "day=2026-02-30",
            "kind=old",
            "lim%00it=1"
        }) {
            HttpResponse<String> answer = get("/v1/things/1?" + bad);
            assertProblem(answer, 400, "bad-parameter");
            assertThat(json(answer).at("/detail").asText()).contains("expected:");
        }
        assertProblem(get("/v1/items/7?limit=1"), 400, "bad-parameter");
        assertThat(get("/healthz?probe=1").statusCode())
                .as("health checks may add what they like")
                .isEqualTo(200);
    }

    @Test
    void aBlankOptionalParameterIsNone() throws Exception {
        assertThat(get("/v1/things/1?limit=&day=%20").body()).isEqualTo("{\"limit\":3}");
    }

    @Test
    void theDocumentIsTheServicesAndHasTheOperationsEndpoints() throws Exception {
        JsonNode document = json(get("/openapi.json"));
        assertThat(document.at("/info/title").asText()).isEqualTo("Sample");
        assertThat(document.at("/components/parameters/Limit/schema/maximum").asInt())
                .isEqualTo(10);
        assertThat(document.at("/paths/~1readyz/get/responses/503").isMissingNode())
                .isFalse();
        assertThat(document.at("/components/schemas/Problem/type").asText()).isEqualTo("object");
    }

    @Test
    void aRouteThatIsNotDescribedStopsTheStart() {
        assertThatThrownBy(() -> withRoutes((vertx, routes) -> {
                    routes(vertx, routes);
                    routes.get("/v1/more", context -> context.end());
                }))
                .hasMessageContaining("GET /v1/more");
    }

    @Test
    void aDescriptionWithoutARouteStopsTheStart() {
        assertThatThrownBy(() -> withRoutes((vertx, routes) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/v1/things");
    }

    private void withRoutes(BiConsumer<Vertx, HttpRoutes> routes) {
        HttpService.start(
                new HttpService.Spec(
                        "other", new HttpSettings("127.0.0.1", 0), "other.http", 1, readiness, new Metrics("other")),
                ApiDocument.load(HttpServiceTest.class, "sample-openapi.json", Map.of("maxLimit", 10)),
                routes);
    }

    private HttpService start(int port) {
        return HttpService.start(
                new HttpService.Spec(
                        "sample",
                        new HttpSettings("127.0.0.1", port),
                        "sample.http",
                        2,
                        readiness,
                        port == 0 ? metrics : new Metrics("second")),
                ApiDocument.load(HttpServiceTest.class, "sample-openapi.json", Map.of("maxLimit", 10)),
                HttpServiceTest::routes);
    }

    private static void routes(Vertx vertx, HttpRoutes routes) {
        routes.get("/v1/things/{id}", context -> {
            Json.send(
                    context.response(),
                    200,
                    Map.of("limit", Parameters.of(context).number("limit")));
        });
        routes.post("/v1/things", 100, context -> context.end(context.body().asString()));
        routes.get("/v1/broken", context -> {
            throw new IllegalStateException("secret");
        });
        routes.get("/v1/broken-later", context -> vertx.executeBlocking(() -> {
                    throw new IllegalStateException("secret");
                })
                .onFailure(context::fail));
        routes.get("/v1/items/search", context -> context.end("search"));
        routes.hot("/v1/items/{id}", (request, id) -> {
            if (id.equals("broken")) {
                throw new IllegalStateException("secret");
            }
            if (id.equals("absent")) {
                throw new ProblemException(Problem.notFound("no item " + id));
            }
            request.response().end("item " + id);
        });
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String... slugs) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode body = json(answer);
        assertThat(body.at("/status").asInt()).isEqualTo(status);
        assertThat(body.at("/title").asText()).isNotBlank();
        assertThat(body.at("/detail").asText()).isNotBlank();
        assertThat(slugs).contains(body.at("/type").asText().replace("urn:gamestream:problem:", ""));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
