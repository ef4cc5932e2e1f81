package io.gamestream.local.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as docs.stripe.com/api/idempotent_requests has them, under every fault of the connection. */
class IdempotencyTest {

    private static final Map<String, String> PURCHASE =
            Map.of("amount", "1099", "currency", "eur", "confirm", "true", "payment_method", "pm_card_visa");

    @TempDir
    Path dir;

    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        simulator = new Simulator(dir, Map.of("faults.transport.hold-ms", "30", "faults.transport.slow-ms", "300"));
    }

    @AfterEach
    void stop() throws Exception {
        simulator.close();
    }

    @Test
    void repeatsTheFirstAnswer() throws Exception {
        HttpResponse<String> first = buy("k1");
        HttpResponse<String> second = buy("k1");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void showsTheChargeThatWasPendingAlthoughItHasSettledSince() throws Exception {
        script("create", "processing");
        HttpResponse<String> first = expand("/v1/payment_intents", "k1", PURCHASE);
        JsonNode intent = Simulator.json(first);
        assertThat(intent.at("/latest_charge/status").asText()).isEqualTo("pending");
        simulator.admin("/_sim/payment_intents/" + intent.path("id").asText() + "/settle", "{}");
        assertThat(chargeNow(intent).path("status").asText()).isEqualTo("succeeded");
        isRepeated(first, "/v1/payment_intents", "k1", PURCHASE);
    }

    @Test
    void showsTheChargeAsItWasBeforeItsRefundEvenAfterARestart() throws Exception {
        HttpResponse<String> first = expand("/v1/payment_intents", "k1", PURCHASE);
        JsonNode intent = Simulator.json(first);
        assertThat(intent.at("/latest_charge/balance_transaction/amount").asLong())
                .isEqualTo(1_099);
        String update = "/v1/payment_intents/" + intent.path("id").asText();
        Map<String, String> noted = Map.of("metadata[note]", "gift");
        HttpResponse<String> updated = expand(update, "k2", noted);
        simulator.post(
                "/v1/refunds", "k3", Map.of("payment_intent", intent.path("id").asText()));
        assertThat(chargeNow(intent).path("refunded").asBoolean()).isTrue();
        isRepeated(first, "/v1/payment_intents", "k1", PURCHASE);
        isRepeated(updated, update, "k2", noted);
        stop();
        start();
        assertThat(chargeNow(intent).path("refunded").asBoolean()).isTrue();
        isRepeated(first, "/v1/payment_intents", "k1", PURCHASE);
        isRepeated(updated, update, "k2", noted);
    }

    private JsonNode chargeNow(JsonNode intent) throws Exception {
        return simulator.get("/v1/charges/" + intent.at("/latest_charge/id").asText());
    }

    private void isRepeated(HttpResponse<String> first, String path, String key, Map<String, String> form)
            throws Exception {
        HttpResponse<String> again = expand(path, key, form);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
    }

    private HttpResponse<String> expand(String path, String key, Map<String, String> form) throws Exception {
        Map<String, String> all = new HashMap<>(form);
        all.put("expand[0]", "latest_charge.balance_transaction");
        return simulator.post(path, key, all);
    }

    @Test
    void repeatsADeclineToo() throws Exception {
        Map<String, String> declined = new HashMap<>(PURCHASE);
        declined.put("payment_method", "pm_card_chargeDeclined");
        HttpResponse<String> first = simulator.post("/v1/payment_intents", "k1", declined);
        assertThat(first.statusCode()).isEqualTo(402);
        assertThat(simulator.post("/v1/payment_intents", "k1", declined).body()).isEqualTo(first.body());
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void refusesTheKeyForAnythingElse() throws Exception {
        buy("k1");
        Map<String, String> other = new HashMap<>(PURCHASE);
        other.put("amount", "1100");
        HttpResponse<String> answer = simulator.post("/v1/payment_intents", "k1", other);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Simulator.json(answer).at("/error/type").asText()).isEqualTo("idempotency_error");
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void oneOfManyAtOnceIsCarriedOut() throws Exception {
        script("create", "slow");
        List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 20)
                .mapToObj(i -> simulator.postLater("/v1/payment_intents", "k1", PURCHASE))
                .toList();
        List<HttpResponse<String>> answers =
                sent.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(HttpResponse::statusCode).contains(409).containsOnly(200, 409);
        // One that came after its end is a repetition.
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 200
                        && answer.headers().firstValue("Idempotent-Replayed").isEmpty())
                .hasSize(1);
        assertThat(charges()).isEqualTo(1);
        assertThat(buy("k1").headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void aRateLimitIsNotKept() throws Exception {
        script("create", "rate-limit");
        assertThat(buy("k1").statusCode()).isEqualTo(429);
        assertThat(charges()).isZero();
        assertThat(buy("k1").statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongParameterIsNotKept() throws Exception {
        Map<String, String> wrong = new HashMap<>(PURCHASE);
        wrong.put("amount", "-5");
        assertThat(simulator.post("/v1/payment_intents", "k1", wrong).statusCode())
                .isEqualTo(400);
        wrong.put("amount", "5");
        wrong.put("colour", "red");
        HttpResponse<String> unknown = simulator.post("/v1/payment_intents", "k1", wrong);
        assertThat(Simulator.json(unknown).at("/error/code").asText()).isEqualTo("parameter_unknown");
        assertThat(buy("k1").statusCode()).isEqualTo(200);
    }

    @Test
    void anErrorAfterSuccessIsKeptAndTheMoneyIsTaken() throws Exception {
        script("create", "error-after");
        assertThat(buy("k1").statusCode()).isEqualTo(500);
        assertThat(buy("k1").statusCode()).isEqualTo(500);
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void anErrorBeforeIsKeptAndNothingIsTaken() throws Exception {
        script("create", "error-before");
        assertThat(buy("k1").statusCode()).isEqualTo(500);
        assertThat(buy("k1").statusCode()).isEqualTo(500);
        assertThat(charges()).isZero();
    }

    @Test
    void afterATimeoutTheSameKeyTellsWhatHappened() throws Exception {
        script("create", "timeout-after");
        assertThatThrownBy(() -> buy("k1")).isInstanceOf(java.io.IOException.class);
        assertThat(charges()).isEqualTo(1);
        assertThat(buy("k1").headers().firstValue("Idempotent-Replayed")).contains("true");
        script("create", "timeout-before");
        assertThatThrownBy(() -> buy("k2")).isInstanceOf(java.io.IOException.class);
        assertThat(charges()).isEqualTo(1);
        assertThat(buy("k2").headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(charges()).isEqualTo(2);
    }

    private void script(String operation, String fault) throws Exception {
        simulator.admin(
                "/_sim/scripts", "{\"operation\":\"" + operation + "\",\"fault\":\"" + fault + "\",\"times\":1}");
    }

    private HttpResponse<String> buy(String key) throws Exception {
        return simulator.post("/v1/payment_intents", key, PURCHASE);
    }

    private int charges() throws Exception {
        return simulator.get("/v1/charges?limit=100").path("data").size();
    }
}
