package io.gamestream.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.acceptance.Product.Answer;
import io.gamestream.local.psp.PspKeys;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Leg;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders through gateway, change data capture, saga, worker and PSP, each a process of its own, and back by webhooks. */
class PaymentsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ORDERS = 40;
    private static final int CROWD = 100;

    private static Product product;
    private static Money money;

    @BeforeAll
    static void start() throws Exception {
        product = Product.shared();
        money = new Money(product);
        execute("INSERT INTO identity.users (id, handle) VALUES ('pay', 'payer'), ('crowd', 'impatient')");
        execute("INSERT INTO catalog.games (id, title, price_minor) VALUES ('pay-1', 'Bought', 1999),"
                + " ('pay-2', 'Also Bought', 500), ('pay-3', 'Bought in a Hurry', 100)");
    }

    @AfterAll
    static void stop() {
        if (money != null) {
            money.close();
        }
    }

    @Test
    void aPurchaseIsPaidOnceGrantedPostedAndTold() throws Exception {
        String order = place("pm_card_visa", "pay-1", "pay-2");
        awaitStatus(order, "COMPLETED");
        await().atMost(SOON).until(() -> money.refresh().postings(order).size() == 2);
        assertThat(money.events(order))
                .containsExactly("OrderCreated", "PaymentSucceeded", "PurchaseCompleted", "OrderCompleted");
        assertThat(money.grants(order)).containsExactly("pay-1 ACTIVE", "pay-2 ACTIVE");
        for (LedgerPosting posting : money.postings(order)) {
            assertThat(posting.getLegs().stream().mapToLong(Leg::getAmountMinor).sum())
                    .isZero();
        }
        assertThat(money.view(order).getCapturedMinor()).isEqualTo(2499);
        assertThat(money.charges()).containsEntry(order, 1L);
    }

    @Test
    void aDeclineForGoodGivesNothingAndTakesNothing() throws Exception {
        String order = place("pm_card_chargeDeclined_lost_card", "pay-1");
        awaitStatus(order, "PAYMENT_FAILED");
        assertThat(money.events(order)).contains("PaymentFailed");
        assertThat(money.grants(order)).isEmpty();
        assertThat(money.charges()).doesNotContainKey(order);
    }

    @Test
    void aRefundOfOneLineTakesThatGameBack() throws Exception {
        String order = place("pm_card_visa", "pay-1", "pay-2");
        awaitStatus(order, "COMPLETED");
        Answer answer = post("/v1/orders/" + order + "/refunds", "{\"gameIds\":[\"pay-2\"]}", UUID.randomUUID())
                .join();
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        await().atMost(SOON)
                .until(() -> money.refresh().view(order).getRefundedMinor() == 500
                        && money.grants(order).equals(List.of("pay-1 ACTIVE", "pay-2 REVOKED")));
        await().atMost(SOON).untilAsserted(() -> assertThat(product.get("/v1/orders/" + order)
                        .body()
                        .at("/payment/refunded/amountMinor")
                        .asLong())
                .isEqualTo(500));
        JsonNode now = product.get("/v1/orders/" + order).body();
        assertThat(now.at("/status").asText()).isEqualTo("PAID");
        assertThat(product.get("/v1/payments/" + order + "?asOf=" + beforeTheRefund(now))
                        .body()
                        .at("/refunded/amountMinor")
                        .asLong(-1))
                .as("refunded before it was asked for")
                .isZero();
        // Balances are another topology's view.
        await().atMost(SOON).untilAsserted(() -> assertThat(product.get("/v1/ledger/accounts/refunds")
                        .body()
                        .at("/balances/0/balanceMinor")
                        .asLong())
                .isGreaterThanOrEqualTo(500));
    }

    /** A millisecond before the refund's call was issued. */
    private static Instant beforeTheRefund(JsonNode order) {
        for (JsonNode operation : order.at("/payment/operations")) {
            if (operation.at("/kind").asText().equals("REFUND")) {
                return Instant.parse(operation.at("/firstIssuedAt").asText()).minusMillis(1);
            }
        }
        throw new AssertionError("no refund: " + order);
    }

    @Test
    void whatIsBoughtIsInTheLibraryAndInTheSalesOnce() throws Exception {
        execute("INSERT INTO identity.users (id, handle) VALUES ('lib', 'collector')");
        execute("INSERT INTO catalog.games (id, title, price_minor) VALUES ('lib-1', 'Kept', 700)");
        String order = placeFor("lib", "pm_card_visa", "lib-1");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        product.get("/v1/users/lib/library").body().findValuesAsText("gameId"))
                .containsExactly("lib-1"));
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        product.get("/v1/games/lib-1").body().at("/sales").toString())
                .contains("\"units\":1,\"orders\":1,\"revenue\":[{\"amountMinor\":700,"));
        // Somebody who settles the row by hand sells nothing a second time.
        execute("UPDATE payments.orders SET status = 'PAID' WHERE id = '" + order + "'");
        Answer refunded = post("/v1/orders/" + order + "/refunds", "{}", UUID.randomUUID())
                .join();
        assertThat(refunded.status()).isEqualTo(202);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        product.get("/v1/users/lib/library").body().at("/total").asInt(-1))
                .isZero());
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        product.get("/v1/games/lib-1").body().at("/sales/units").asInt(-1))
                .isZero());
    }

    @Test
    void aChallengeWaitsForThePlayer() throws Exception {
        String order = place("pm_card_threeDSecure2Required", "pay-1");
        await().atMost(SOON).until(() -> money.refresh().events(order).contains("PaymentActionRequired"));
        await().atMost(SOON).untilAsserted(() -> {
            Answer asked = action(order);
            assertThat(asked.status()).as("%s", asked.body().path("detail")).isEqualTo(200);
        });
        Answer action = action(order);
        String intent = action.body().at("/paymentIntentId").asText();
        assertThat(intent).isEqualTo(money.view(order).getIntentId());
        assertThat(action.body().at("/clientSecret").asText()).startsWith(intent + "_secret_");
        psp("POST", "/_sim/payment_intents/" + intent + "/authenticate", "{\"passes\": true}");
        awaitStatus(order, "COMPLETED");
        assertThat(action(order).status()).isEqualTo(409);
    }

    @Test
    void aWorkerThatIsKilledInTheMiddleOfItsCallsChargesNobodyTwice() throws Exception {
        psp("POST", "/_sim/faults", "{\"transport\":{\"latency-min-ms\":200,\"latency-max-ms\":600}}");
        try {
            List<String> orders = new ArrayList<>();
            for (int i = 0; i < ORDERS; i++) {
                orders.add(place("pm_card_visa", "pay-1"));
                if (i == ORDERS / 2) {
                    int before = money.charges().size();
                    await().atMost(SOON).until(() -> money.charges().size() > before);
                    product.kill("payments-worker");
                }
            }
            await().atMost(SOON).until(() -> {
                money.refresh();
                return orders.stream().allMatch(order -> money.status(order).equals("COMPLETED"));
            });
            assertThat(money.charges()).containsAllEntriesOf(once(orders));
        } finally {
            psp("DELETE", "/_sim/faults", "");
        }
    }

    @Test
    void aHundredIdenticalRequestsAtOnceAreOneOrderAndOneCharge() throws Exception {
        UUID key = UUID.randomUUID();
        String body = order("crowd", "pm_card_visa", "pay-3");
        List<CompletableFuture<Answer>> answers = IntStream.range(0, CROWD)
                .mapToObj(i -> post("/v1/orders", body, key))
                .toList();
        List<String> ids = new ArrayList<>();
        for (CompletableFuture<Answer> each : answers) {
            Answer answer = each.join();
            assertThat(answer.status()).as("%s", answer.body()).isIn(202, 409);
            if (answer.status() == 202) {
                ids.add(answer.body().at("/orderId").asText());
            }
        }
        assertThat(ids).isNotEmpty();
        assertThat(ids).containsOnly(ids.get(0));
        awaitStatus(ids.get(0), "COMPLETED");
        assertThat(count("SELECT count(*) FROM payments.orders WHERE user_id = 'crowd'"))
                .isEqualTo(1);
        assertThat(money.charges()).containsEntry(ids.get(0), 1L);
    }

    private static Map<String, Long> once(List<String> orders) {
        return orders.stream().collect(Collectors.toMap(order -> order, order -> 1L));
    }

    private static void awaitStatus(String order, String status) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(money.refresh().status(order)).as(order).isEqualTo(status));
    }

    private static String place(String paymentMethod, String... games) {
        return placeFor("pay", paymentMethod, games);
    }

    private static String placeFor(String user, String paymentMethod, String... games) {
        Answer answer = post("/v1/orders", order(user, paymentMethod, games), UUID.randomUUID())
                .join();
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        return answer.body().at("/orderId").asText();
    }

    private static String order(String user, String paymentMethod, String... games) {
        List<String> lines = new ArrayList<>();
        for (String game : games) {
            lines.add("{\"gameId\":\"" + game + "\",\"quantity\":1}");
        }
        return "{\"userId\":\"" + user + "\",\"lines\":[" + String.join(",", lines) + "],\"paymentMethod\":\""
                + paymentMethod + "\"}";
    }

    private static CompletableFuture<Answer> post(String path, String body, UUID key) {
        return product.post("payments-gateway", path, body, "Idempotency-Key", key.toString());
    }

    private static Answer action(String order) {
        return product.send("payments-gateway", "GET", "/v1/orders/" + order + "/action", "");
    }

    private static void psp(String method, String path, String body) throws Exception {
        Answer answer = product.send(
                "psp",
                method,
                path,
                body,
                "Authorization",
                "Bearer " + PspKeys.in(product.psp()).apiKey());
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(200);
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = product.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String sql) throws Exception {
        try (Connection connection = product.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
