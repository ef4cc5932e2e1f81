package io.gamestream.payments.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.ApiContract;
import io.gamestream.payments.PaymentsGatewayService;
import io.gamestream.payments.psp.ProviderSettings;
import io.gamestream.payments.psp.Sim;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.schemas.payments.PspFact;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route between a serving API that says what the test wants, and the simulator or a PSP that fails. */
class ActionRouteTest {

    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    @TempDir
    Path dir;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final ConcurrentMap<String, String> orders = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> positions = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }

    @Test
    void aChallengeIsToldAndOnceItIsPassedThereIsNothingToDo() throws Exception {
        Sim sim = new Sim(dir);
        parts.add(sim);
        ProviderSettings psp = sim.settings(TIMEOUT);
        String intent =
                Sim.provider(psp).execute(Sim.create("o1", "pm_card_threeDSecure2Required")).join().facts().stream()
                        .map(PspFact::getId)
                        .filter(id -> id.startsWith("pi_"))
                        .findFirst()
                        .orElseThrow();
        payment("o1", "REQUIRES_ACTION", intent);
        URI gateway = gateway(serving(), psp);

        HttpResponse<String> told = get(gateway, "o1");
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(told.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode action = Json.MAPPER.readTree(told.body());
        assertThat(action.path("orderId").asText()).isEqualTo("o1");
        assertThat(action.path("paymentIntentId").asText()).isEqualTo(intent);
        assertThat(action.path("status").asText()).isEqualTo("requires_action");
        assertThat(action.path("clientSecret").asText()).startsWith(intent + "_secret_");
        assertThat(action.at("/nextAction/type").asText()).isEqualTo("use_stripe_sdk");
        assertThat(action.at("/nextAction/use_stripe_sdk").isObject()).isTrue();
        assertThat(contract().violations("GET", "/v1/orders/{id}/action", 200, told.headers(), told.body()))
                .isEmpty();

        sim.authenticate(intent);
        assertThat(sim.charges()).isEqualTo(1);
        HttpResponse<String> done = get(gateway, "o1");
        assertThat(done.statusCode()).isEqualTo(409);
        assertThat(done.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode problem = Json.MAPPER.readTree(done.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:gamestream:problem:no-action-needed");
        assertThat(problem.path("payment").asText()).isEqualTo("REQUIRES_ACTION");
        assertThat(problem.path("pspStatus").asText()).isEqualTo("succeeded");
        assertThat(done.body()).doesNotContain("_secret_");
    }

    @Test
    void withoutAnOrderOrAPaymentIntentThePspIsNotAsked() throws Exception {
        payment("new", "INTENT_REQUESTED", null);
        orders.put("imported", "{\"status\":\"PAID\",\"id\":\"imported\"}");
        URI gateway = gateway(serving(), nowhere());
        assertThat(get(gateway, "none").statusCode()).isEqualTo(404);
        HttpResponse<String> early = get(gateway, "new");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(Json.MAPPER.readTree(early.body()).path("payment").asText()).isEqualTo("INTENT_REQUESTED");
        assertThat(get(gateway, "imported").statusCode()).isEqualTo(409);
    }

    /** The PSP may still wait for the player; what they pay would only be given back. */
    @Test
    void nobodyIsAskedToPayWhatWasGivenUp() throws Exception {
        URI gateway = gateway(serving(), nowhere());
        for (String state : List.of("CANCEL_REQUESTED", "CANCELED", "LATE_CAPTURED", "CONFLICTED")) {
            payment(state, state, "pi_1");
            HttpResponse<String> answer = get(gateway, state);
            assertThat(answer.statusCode()).as(state).isEqualTo(409);
            assertThat(Json.MAPPER.readTree(answer.body()).path("payment").asText())
                    .isEqualTo(state);
        }
    }

    @Test
    void moreThanSoManyAtATimeAreAskedToComeAgain() throws Exception {
        payment("new", "INTENT_REQUESTED", null);
        ConcurrentLinkedQueue<RoutingContext> held = new ConcurrentLinkedQueue<>();
        URI slow = http((vertx, routes) -> routes.get("/v1/orders/{id}", held::add));
        URI gateway = gateway(slow, nowhere(), 2);
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return get(gateway, "new").statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        await().until(() -> held.size() == 2);
        awaited(get(gateway, "new"));
        held.forEach(context -> context.response().end("{}"));
        for (CompletableFuture<Integer> one : waiting) {
            assertThat(one.join()).isEqualTo(409);
        }
        assertThat(held).hasSize(2);
        CompletableFuture<HttpResponse<String>> again = client.sendAsync(
                HttpRequest.newBuilder(URI.create(gateway + "/v1/orders/new/action"))
                        .build(),
                BodyHandlers.ofString());
        await().until(() -> held.size() == 3);
        again.cancel(true);
    }

    @Test
    void aPositionIsPassedOn() throws Exception {
        payment("new", "INTENT_REQUESTED", null);
        URI gateway = gateway(serving(), nowhere());
        assertThat(get(gateway, "new", "Backbone-Position", "pg:0/1").statusCode())
                .isEqualTo(409);
        assertThat(positions).containsExactly("pg:0/1");
        assertThat(get(gateway, "new", "Backbone-Position", "nonsense").statusCode())
                .isEqualTo(400);
    }

    @Test
    void whileTheServingApiIsAwayTheClientIsAskedToComeAgain() throws Exception {
        URI gateway = gateway(URI.create("http://127.0.0.1:1"), nowhere());
        awaited(get(gateway, "o1"));
    }

    @Test
    void whileThePspIsAwayTheClientIsAskedToComeAgain() throws Exception {
        payment("o1", "REQUIRES_ACTION", "pi_1");
        URI gateway = gateway(serving(), nowhere());
        // The circuit opens within; the answer stays the same.
        for (int i = 0; i < 6; i++) {
            awaited(get(gateway, "o1"));
        }
    }

    @Test
    void whatThePspAnswersWithIsToldWithoutRepeatingIt() throws Exception {
        for (String status : List.of("500", "429", "401", "404", "200")) {
            payment("o" + status, "REQUIRES_ACTION", "pi_" + status);
        }
        URI psp = http((vertx, routes) -> routes.get("/v1/payment_intents/{id}", context -> {
            HttpServerResponse response = context.response();
            response.setStatusCode(
                    Integer.parseInt(String.valueOf(context.pathParam("id")).substring(3)));
            response.end(
                    "{\"error\":{\"message\":\"x\",\"payment_intent\":{\"object\":\"payment_intent\",\"id\":\"pi_1\","
                            + "\"client_secret\":\"pi_1_secret_x\"}}}");
        }));
        URI gateway = gateway(serving(), Sim.settings(psp, Sim.KEY, TIMEOUT));
        awaited(get(gateway, "o429"));
        for (String status : List.of("404", "500", "200")) {
            HttpResponse<String> answer = get(gateway, "o" + status);
            assertThat(answer.statusCode()).as(status).isEqualTo(502);
            assertThat(answer.body()).contains("psp-failed", status).doesNotContain("_secret_");
        }
        URI another = gateway(serving(), Sim.settings(psp, Sim.KEY, TIMEOUT));
        assertThat(get(another, "o401").statusCode()).isEqualTo(502);
        // A refused key has opened the circuit.
        awaited(get(another, "o404"));
    }

    @Test
    void aPspThatIsSilentIsAGatewayTimeout() throws Exception {
        payment("o1", "REQUIRES_ACTION", "pi_1");
        URI psp = http((vertx, routes) -> routes.get("/v1/payment_intents/{id}", context -> {}));
        URI gateway = gateway(serving(), Sim.settings(psp, Sim.KEY, Duration.ofMillis(200)));
        HttpResponse<String> answer = get(gateway, "o1");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("urn:gamestream:problem:psp-silent");
    }

    private static ApiContract contract() throws Exception {
        try (InputStream document =
                Objects.requireNonNull(PaymentsGatewayService.class.getResourceAsStream("openapi.json"))) {
            return ApiContract.of(new String(document.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void awaited(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private void payment(String orderId, String state, @Nullable String intentId) {
        orders.put(
                orderId,
                "{\"status\":\"PENDING\",\"id\":\"" + orderId
                        + "\",\"payment\":{\"status\":\"AWAITING_PAYMENT\",\"payment\":\"" + state + "\",\"intentId\":"
                        + (intentId == null ? null : '"' + intentId + '"') + "}}");
    }

    private URI serving() throws Exception {
        return http((vertx, routes) -> routes.get("/v1/orders/{id}", context -> {
            String position = context.request().getHeader("Backbone-Position");
            if (position != null) {
                positions.add(position);
            }
            String order = orders.get(String.valueOf(context.pathParam("id")));
            if (position != null && !position.startsWith("pg:")) {
                context.response().setStatusCode(400).end();
            } else if (order == null) {
                context.response().setStatusCode(404).end();
            } else {
                context.response().end(order);
            }
        }));
    }

    private static ProviderSettings nowhere() {
        return Sim.settings(URI.create("http://127.0.0.1:1"), Sim.KEY, TIMEOUT);
    }

    private URI gateway(URI serving, ProviderSettings psp) {
        return gateway(serving, psp, 100);
    }

    private URI gateway(URI serving, ProviderSettings psp, int inFlight) {
        Metrics metrics = new Metrics("test");
        parts.add(metrics);
        ActionDoor door = new ActionDoor(new ActionSettings(serving, TIMEOUT, inFlight, psp), metrics);
        parts.add(door);
        return http(door::addTo);
    }

    private URI http(BiConsumer<Vertx, HttpRoutes> routes) {
        Metrics metrics = new Metrics("test");
        parts.add(metrics);
        HttpService service = HttpService.start(
                new HttpService.Spec(
                        "test", new HttpSettings("127.0.0.1", 0), "test.http", 1, new Readiness(), metrics),
                routes);
        parts.add(service);
        return URI.create("http://127.0.0.1:" + service.port());
    }

    private HttpResponse<String> get(URI gateway, String order, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + "/v1/orders/" + order + "/action"))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
