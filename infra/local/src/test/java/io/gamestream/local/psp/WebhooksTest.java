package io.gamestream.local.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries, as an endpoint sees them; Stripe's own library judges their signatures. */
class WebhooksTest {

    private static final String SECRET = "whsec_test_gamestream";

    @TempDir
    Path dir;

    private record Delivery(String body, String signature) {}

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresFirst = new AtomicInteger();
    private HttpServer endpoint;

    @BeforeEach
    void listen() throws IOException {
        endpoint = listen(0);
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean fails = failuresFirst.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!fails) {
                deliveries.add(new Delivery(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
            }
            exchange.sendResponseHeaders(fails ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void everyEventComesSignedAndIsReadByTheSdk() throws Exception {
        try (Simulator simulator = simulator(Map.of())) {
            pay(simulator, "k1");
            awaitDeliveries(3);
            for (Delivery delivery : deliveries) {
                Event event = Webhook.constructEvent(delivery.body(), delivery.signature(), SECRET);
                assertThat(event.getDataObjectDeserializer().getObject()).isPresent();
                assertThat(event.getRequest().getIdempotencyKey()).isEqualTo("k1");
            }
            assertThat(types())
                    .containsExactlyInAnyOrder(
                            "payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
            awaitDelivered(simulator);
        }
    }

    @Test
    void bothSecretsSignWhileOneIsRotated() throws Exception {
        try (Simulator simulator = simulator(Map.of("webhooks.secrets", "[\"whsec_old\", \"whsec_new\"]"))) {
            pay(simulator, "k1");
            awaitDeliveries(3);
            Delivery first = deliveries.get(0);
            assertThat(Webhook.constructEvent(first.body(), first.signature(), "whsec_old"))
                    .isNotNull();
            assertThat(Webhook.constructEvent(first.body(), first.signature(), "whsec_new"))
                    .isNotNull();
        }
    }

    @Test
    void aFailedDeliveryIsTriedAgain() throws Exception {
        failuresFirst.set(5);
        try (Simulator simulator = simulator(Map.of())) {
            pay(simulator, "k1");
            awaitDeliveries(3);
            awaitDelivered(simulator);
            assertThat(simulator.get("/v1/events?delivery_success=true").path("data"))
                    .hasSize(3);
        }
    }

    @Test
    void whatWasOwedAtADeathIsDeliveredAfterTheNextStart() throws Exception {
        int port = endpoint.getAddress().getPort();
        endpoint.stop(0);
        try (Simulator simulator = simulator(port, Map.of())) {
            pay(simulator, "k1");
            assertThat(simulator.get("/v1/events?delivery_success=false").path("data"))
                    .hasSize(3);
        }
        endpoint = listen(port);
        try (Simulator simulator = simulator(port, Map.of())) {
            awaitDeliveries(3);
            awaitDelivered(simulator);
        }
        assertThat(deliveries).hasSize(3);
    }

    @Test
    void duplicatesAreTheSameEvent() throws Exception {
        try (Simulator simulator = simulator(Map.of("faults.webhook.duplicated", "1"))) {
            pay(simulator, "k1");
            awaitDeliveries(6);
            assertThat(deliveries.stream().map(Delivery::body).distinct()).hasSize(3);
        }
    }

    @Test
    void lostOnesNeverComeButAreListed() throws Exception {
        try (Simulator simulator = simulator(Map.of("faults.webhook.lost", "1"))) {
            pay(simulator, "k1");
            simulator.admin("/_sim/faults", "{\"webhook\":{\"lost\":0}}");
            pay(simulator, "k2");
            awaitDeliveries(3);
            awaitDelivered(simulator);
            assertThat(deliveries)
                    .allSatisfy(delivery -> assertThat(delivery.body()).contains("k2"));
            assertThat(simulator.get("/v1/events?delivery_success=false").path("data"))
                    .hasSize(3);
        }
    }

    @Test
    void forgedOnesDoNotVerify() throws Exception {
        try (Simulator simulator = simulator(Map.of("faults.webhook.forged", "1"))) {
            pay(simulator, "k1");
            awaitDeliveries(6);
            int refused = 0;
            for (Delivery delivery : deliveries) {
                try {
                    Webhook.constructEvent(delivery.body(), delivery.signature(), SECRET);
                } catch (SignatureVerificationException e) {
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(3);
        }
    }

    @Test
    void delayedOnesAreOvertaken() throws Exception {
        try (Simulator simulator = simulator(Map.of("faults.webhook.delay-ms", "300"))) {
            simulator.admin(
                    "/_sim/scripts",
                    "{\"operation\":\"webhook\",\"match\":\"payment_intent.created\",\"fault\":\"delay\"}");
            pay(simulator, "k1");
            awaitDeliveries(3);
            assertThat(types().get(2)).isEqualTo("payment_intent.created");
        }
    }

    @Test
    void reorderedOnesComeInAnotherOrderThanTheyHappened() throws Exception {
        try (Simulator simulator = simulator(Map.of(
                "webhooks.in-flight", "1", "faults.webhook.reordered", "1", "faults.webhook.reorder-ms", "1000"))) {
            for (int i = 0; i < 5; i++) {
                pay(simulator, "k" + i);
            }
            awaitDeliveries(15);
            awaitDelivered(simulator);
            List<String> happened = new ArrayList<>();
            simulator
                    .get("/v1/events?limit=100")
                    .path("data")
                    .forEach(event -> happened.add(0, event.path("id").asText()));
            assertThat(ids()).containsExactlyInAnyOrderElementsOf(happened).isNotEqualTo(happened);
        }
    }

    @Test
    void aSecretThatIsNotOursDoesNotVerify() throws Exception {
        try (Simulator simulator = simulator(Map.of())) {
            pay(simulator, "k1");
            awaitDeliveries(1);
            Delivery first = deliveries.get(0);
            assertThatThrownBy(() -> Webhook.constructEvent(first.body(), first.signature(), "whsec_other"))
                    .isInstanceOf(SignatureVerificationException.class);
        }
    }

    private Simulator simulator(Map<String, String> overrides) throws Exception {
        return simulator(endpoint.getAddress().getPort(), overrides);
    }

    private Simulator simulator(int port, Map<String, String> overrides) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "webhooks.url", "http://127.0.0.1:" + port + "/webhooks/stripe",
                "webhooks.retry-min", "20ms",
                "webhooks.retry-max", "40ms"));
        all.putAll(overrides);
        return new Simulator(dir, all);
    }

    private List<String> types() throws Exception {
        List<String> types = new CopyOnWriteArrayList<>();
        for (Delivery delivery : deliveries) {
            types.add(Webhook.constructEvent(delivery.body(), delivery.signature(), SECRET)
                    .getType());
        }
        return types;
    }

    private List<String> ids() throws Exception {
        List<String> ids = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            ids.add(Webhook.constructEvent(delivery.body(), delivery.signature(), SECRET)
                    .getId());
        }
        return ids;
    }

    private void awaitDeliveries(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> deliveries.size() >= count);
    }

    private static void awaitDelivered(Simulator simulator) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        simulator.get("/_sim/status").path("pendingDeliveries").asInt() == 0);
    }

    private static void pay(Simulator simulator, String key) throws Exception {
        simulator.post(
                "/v1/payment_intents",
                key,
                Map.of(
                        "amount",
                        "1000",
                        "currency",
                        "eur",
                        "confirm",
                        "true",
                        "payment_method",
                        "pm_card_visa",
                        "metadata[key]",
                        key));
    }
}
