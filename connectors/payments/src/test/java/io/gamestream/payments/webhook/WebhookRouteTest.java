package io.gamestream.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookRouteTest {

    private static final String SECRET = "whsec_test";
    private static final Instant NOW = Instant.ofEpochSecond(1_763_700_000L);
    private static final String EVENT =
            "{\"id\":\"evt_1\",\"type\":\"payment_intent.created\",\"livemode\":false,\"data\":"
                    + "{\"object\":{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":5,\"currency\":\"eur\",\"status\":"
                    + "\"requires_confirmation\",\"metadata\":{\"order_id\":\"o1\"}}}}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics("test");
    private final Queue<CompletableFuture<Void>> writes = new ConcurrentLinkedQueue<>();
    private final HttpService service = HttpService.start(
            new HttpService.Spec("test", new HttpSettings("127.0.0.1", 0), "test.http", 1, new Readiness(), metrics),
            (vertx, routes) -> new WebhookRoute(
                            vertx,
                            new WebhookSettings(
                                    List.of(SECRET),
                                    Duration.ofSeconds(300),
                                    4_096,
                                    false,
                                    "",
                                    Duration.ofSeconds(1),
                                    2),
                            webhook -> {
                                CompletableFuture<Void> write = new CompletableFuture<>();
                                writes.add(write);
                                return write;
                            },
                            () -> NOW,
                            metrics.registry())
                    .addTo(routes));

    @AfterEach
    void stop() throws Exception {
        service.close();
        metrics.close();
    }

    private CompletableFuture<HttpResponse<String>> post(String body, String header) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/webhooks/stripe"))
                .header("Content-Type", "application/json")
                .header("Stripe-Signature", header)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private static String signed(String body) throws Exception {
        return com.stripe.net.Webhook.Signature.generateSignatureHeader(body, SECRET, NOW.getEpochSecond());
    }

    private CompletableFuture<Void> nextWrite() {
        return Awaitility.await().atMost(Duration.ofSeconds(5)).until(writes::poll, write -> write != null);
    }

    @Test
    void answersOnlyWhenKafkaHasIt() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = post(EVENT, signed(EVENT));
        CompletableFuture<Void> write = nextWrite();
        assertThat(answer).isNotDone();
        write.complete(null);
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void asksToSendAgainWhereKafkaCanNotTakeIt() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = post(EVENT, signed(EVENT));
        nextWrite().completeExceptionally(new TimeoutException("no broker"));
        assertThat(answer.join().statusCode()).isEqualTo(503);
        assertThat(answer.join().headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void refusesASignatureThatIsNotValidWithoutAWrite() throws Exception {
        for (String header : List.of(signed(EVENT + " "), "t=abc,v1=zz", "t")) {
            HttpResponse<String> answer = post(EVENT, header).join();
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("urn:gamestream:problem:bad-signature");
        }
        assertThat(writes).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooBig() throws Exception {
        String big = EVENT + " ".repeat(5_000);
        assertThat(post(big, signed(big)).join().statusCode()).isEqualTo(413);
        assertThat(writes).isEmpty();
    }

    @Test
    void keepsATypeThatItDoesNotKnow() throws Exception {
        String unknown = "{\"id\":\"evt_2\",\"type\":\"brand.new\",\"livemode\":false,\"data\":{\"object\":{}}}";
        CompletableFuture<HttpResponse<String>> answer = post(unknown, signed(unknown));
        nextWrite().complete(null);
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void keepsAnEventWhoseMoneyItCanNotCount() throws Exception {
        String unreadable = EVENT.replace("\"eur\"", "\"ugx\"");
        CompletableFuture<HttpResponse<String>> answer = post(unreadable, signed(unreadable));
        nextWrite().complete(null);
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsSignedAndNoEvent() throws Exception {
        assertThat(post("[]", signed("[]")).join().statusCode()).isEqualTo(400);
        assertThat(post("no json", signed("no json")).join().statusCode()).isEqualTo(400);
    }

    @Test
    void moreThanItCanHoldIsAskedToComeAgain() throws Exception {
        CompletableFuture<HttpResponse<String>> first = post(EVENT, signed(EVENT));
        CompletableFuture<Void> firstWrite = nextWrite();
        CompletableFuture<HttpResponse<String>> second = post(EVENT, signed(EVENT));
        CompletableFuture<Void> secondWrite = nextWrite();
        assertThat(post(EVENT, signed(EVENT)).join().statusCode()).isEqualTo(503);
        firstWrite.complete(null);
        secondWrite.complete(null);
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(second.join().statusCode()).isEqualTo(200);
        CompletableFuture<HttpResponse<String>> third = post(EVENT, signed(EVENT));
        nextWrite().complete(null);
        assertThat(third.join().statusCode()).isEqualTo(200);
    }
}
