package io.gamestream.payments.intake;

import static io.gamestream.payments.intake.TestIntake.BODY;
import static io.gamestream.payments.intake.TestIntake.json;
import static io.gamestream.payments.intake.TestIntake.slug;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.connection.PostgresSettings;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over HTTP into a real Postgres. */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderIntakeIT {

    private final TestIntake intake;

    OrderIntakeIT(Stack stack) {
        intake = new TestIntake(stack.postgres(), 4, 256);
    }

    @BeforeAll
    void insertCatalogue() throws Exception {
        intake.insertCatalogue();
    }

    @AfterAll
    void stop() throws Exception {
        intake.close();
    }

    @Test
    void anOrderItsKeyAndItsCommandAreOneTransaction() throws Exception {
        HttpResponse<String> answer = intake.post("/v1/orders", "it-1", BODY);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Backbone-Position").orElse("")).startsWith("pg:");
        String id = json(answer).path("orderId").asText();
        assertThat(json(answer).at("/total/amountMinor").asLong()).isEqualTo(3_998);
        assertThat(intake.count(
                        "payments.orders WHERE id = '" + id + "' AND status = 'PENDING' AND total_minor = 3998"))
                .isEqualTo(1);
        assertThat(intake.count("payments.outbox WHERE aggregate_id = '" + id
                        + "' AND aggregate_type = 'order-command' AND event_type = 'PLACE'"
                        + " AND payload ->> 'totalMinor' = '3998' AND payload ->> 'paymentMethod' = 'pm_card_visa'"))
                .isEqualTo(1);
        HttpResponse<String> again = intake.post("/v1/orders", "it-1", BODY.replace(",", " ,\n"));
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(intake.count("payments.outbox WHERE aggregate_id = '" + id + "'"))
                .isEqualTo(1);
    }

    /** The order's row is written before either of them. */
    @ParameterizedTest
    @CsvSource({"outbox, NEW.payload ->> 'paymentMethod'", "idempotency, NEW.key"})
    void whereOneOfThemCanNotBeWrittenNothingIsAndTheKeyIsAsGoodAsNew(String table, String marked) throws Exception {
        String mark = "it-half-" + table;
        String body = BODY.replace("pm_card_visa", mark);
        long before = intake.rows();
        intake.sql("CREATE OR REPLACE FUNCTION payments.it_half() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = 'disk_full'; END $$");
        intake.sql("CREATE TRIGGER it_half BEFORE INSERT ON payments." + table + " FOR EACH ROW WHEN (" + marked
                + " = '" + mark + "') EXECUTE FUNCTION payments.it_half()");
        try {
            assertThat(intake.post("/v1/orders", mark, body).statusCode()).isGreaterThanOrEqualTo(500);
            assertThat(intake.rows()).isEqualTo(before);
        } finally {
            intake.sql("DROP FUNCTION payments.it_half CASCADE");
        }
        HttpResponse<String> again = intake.post("/v1/orders", mark, body);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).isEmpty();
        String id = json(again).path("orderId").asText();
        assertThat(intake.count("payments.orders WHERE id = '" + id + "'")).isEqualTo(1);
        assertThat(intake.count("payments.outbox WHERE aggregate_id = '" + id + "'"))
                .isEqualTo(1);
        assertThat(intake.count("payments.idempotency WHERE key = '" + mark + "' AND order_id = '" + id + "'"))
                .isEqualTo(1);
        assertThat(intake.rows()).isEqualTo(before + 3);
    }

    @Test
    void aHundredAtOnceAreOneOrder() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 100)
                .mapToObj(i -> intake.send("/v1/orders", "application/json", "it-100", BODY))
                .toList();
        Set<Integer> statuses =
                sent.stream().map(answer -> answer.join().statusCode()).collect(Collectors.toSet());
        assertThat(statuses).contains(202).isSubsetOf(202, 409);
        assertThat(sent.stream()
                        .map(CompletableFuture::join)
                        .filter(answer -> answer.statusCode() == 202)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
        assertThat(intake.count(
                        "payments.orders WHERE id IN (SELECT order_id FROM payments.idempotency WHERE key = 'it-100')"))
                .isEqualTo(1);
    }

    /** A request that is refused, with the last part of its problem's type and what its detail must name. */
    private record Bad(String path, String type, String body, int status, String slug, String detail) {

        static Bad order(String body, int status, String slug, String detail) {
            return new Bad("/v1/orders", "application/json", body, status, slug, detail);
        }

        static Bad cancel(String id, int status, String slug, String detail) {
            return new Bad("/v1/orders/" + id + "/cancel", "application/json", "{}", status, slug, detail);
        }
    }

    @Test
    void badInputGetsTheRightProblemAndLeavesNoTrace() throws Exception {
        intake.sql("INSERT INTO catalog.games (id, title, price_minor, status)"
                + " VALUES ('intake-gone', 'g', 1999, 'WITHDRAWN') ON CONFLICT DO NOTHING");
        String other = BODY.substring(0, BODY.length() - 1);
        List<Bad> all = List.of(
                Bad.order(BODY.replace("intake-g", "nowhere"), 422, "unknown-game", "nowhere"),
                Bad.order(BODY.replace("intake-g", "intake-gone"), 422, "withdrawn-game", "intake-gone"),
                Bad.order(BODY.replace("intake-u", "nobody"), 422, "unknown-user", "nobody"),
                Bad.order(other + ",\"currency\":\"JPY\"}", 422, "foreign-currency", "JPY"),
                Bad.order(other + ",\"currency\":\"euro\"}", 400, "bad-body", "ISO 4217"),
                Bad.order(other + ",\"total\":1}", 400, "bad-body", "total"),
                Bad.order(BODY.replace(":2", ":-2"), 400, "bad-body", "quantity"),
                Bad.order(BODY.replace(":2", ":" + "9".repeat(30)), 400, "bad-body", "quantity"),
                Bad.order(BODY.replace("intake-u", "u\\u0000"), 400, "bad-body", "userId"),
                Bad.order(BODY.replace("pm_card_visa", "pm\\u0000"), 400, "bad-body", "paymentMethod"),
                Bad.order(BODY.replace("}]}", "}]"), 400, "bad-body", "JSON"),
                Bad.order("[".repeat(60_000), 400, "bad-body", "JSON"),
                Bad.order("", 400, "bad-body", "userId"),
                Bad.order(BODY + " ".repeat(70_000), 413, "too-large", "65536 bytes"),
                Bad.order(BODY + " ".repeat(10_000_000), 413, "too-large", "65536 bytes"),
                new Bad("/v1/orders", "text/plain", BODY, 415, "unsupported-media-type", "text/plain"),
                new Bad("/v1/orders", "application/json-patch+json", BODY, 415, "unsupported-media-type", "json-patch"),
                new Bad("/v1/orders", "application/xml", "<order/>", 415, "unsupported-media-type", "application/xml"),
                Bad.cancel("none", 404, "not-found", "none"),
                Bad.cancel("no%00ne", 400, "bad-body", "id"));
        long before = intake.rows();
        for (Bad bad : all) {
            HttpResponse<String> answer =
                    intake.send(bad.path(), bad.type(), "it-bad", bad.body()).join();
            assertThat(answer.statusCode()).as("status of %s", bad.slug()).isEqualTo(bad.status());
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(slug(answer)).isEqualTo(bad.slug());
            assertThat(json(answer).path("detail").asText()).contains(bad.detail());
        }
        assertThat(intake.post("/v1/orders", "", BODY).statusCode()).isEqualTo(400);
        assertThat(intake.rows()).isEqualTo(before);
    }

    @Test
    void theKeyIsForOneRequest() {
        assertThat(intake.post("/v1/orders", "it-2", BODY).statusCode()).isEqualTo(202);
        assertThat(intake.post("/v1/orders", "it-2", BODY.replace(":2", ":3")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void aBodySaysItsCharset() {
        assertThat(intake.send("/v1/orders", "application/json; charset=utf-8", "it-charset", BODY)
                        .join()
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void refundsAndCancelsAreCommandsToo() throws Exception {
        String id = intake.place("it-3", BODY);
        HttpResponse<String> refund =
                intake.post("/v1/orders/" + id + "/refunds", "it-3r", "{\"gameIds\":[\"intake-g\"]}");
        assertThat(refund.statusCode()).isEqualTo(202);
        assertThat(json(refund).path("refundId").asText()).startsWith("rfd_");
        assertThat(intake.post("/v1/orders/" + id + "/refunds", "it-3x", "{\"amountMinor\":4000}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(intake.post("/v1/orders/" + id + "/refunds", "it-3y", "{\"gameIds\":[\"other\"]}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(intake.post("/v1/orders/" + id + "/cancel", "it-3c", "{}").statusCode())
                .isEqualTo(202);
        assertThat(intake.count(
                        "payments.outbox WHERE aggregate_id = '" + id + "' AND event_type IN ('REFUND', 'CANCEL')"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"refunds, REFUND, duplicate", "cancel, CANCEL, abandoned"})
    void whatFollowsOfAnOrderIsDoneOncePerKeyToo(String what, String command, String reason) throws Exception {
        String id = intake.place("it-once-" + what, BODY);
        String path = "/v1/orders/" + id + "/" + what;
        String key = "it-once-again-" + what;
        HttpResponse<String> without = intake.post(path, "", "{}");
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(slug(without)).isEqualTo("idempotency-key-missing");

        HttpResponse<String> first = intake.post(path, key, "{}");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        HttpResponse<String> again = intake.post(path, key, "{ }");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");

        HttpResponse<String> other = intake.post(path, key, "{\"reason\":\"" + reason + "\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(slug(other)).isEqualTo("idempotency-key-reused");
        assertThat(intake.count("payments.outbox WHERE aggregate_id = '" + id + "' AND event_type = '" + command + "'"))
                .isEqualTo(1);
    }

    @Test
    void moneyIsTakenForWhatCostsSomethingOnly() throws Exception {
        intake.sql("INSERT INTO catalog.games (id, title, price_minor) VALUES ('intake-free', 'f', 0)"
                + " ON CONFLICT DO NOTHING");
        String id = intake.place(
                "it-free",
                "{\"userId\":\"intake-u\",\"paymentMethod\":\"pm_card_visa\",\"capture\":\"MANUAL\","
                        + "\"lines\":[{\"gameId\":\"intake-free\"},{\"gameId\":\"intake-g\"}]}");
        String path = "/v1/orders/" + id + "/capture";
        HttpResponse<String> nothing = intake.post(path, "it-free-1", "{\"gameIds\":[\"intake-free\"]}");
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(slug(nothing)).isEqualTo("nothing-to-capture");
        assertThat(json(nothing).path("detail").asText()).contains("intake-free");
        assertThat(intake.post(path, "it-free-2", "{\"gameIds\":[\"intake-free\",\"intake-g\"]}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(intake.post(path, "it-free-3", "{}").statusCode()).isEqualTo(202);
        assertThat(intake.count("payments.outbox WHERE aggregate_id = '" + id + "' AND event_type = 'CAPTURE'"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"o-intake-1, PAID", "ord_1, PENDING", "ord_0000000000000000000000000000000G, REFUNDED"})
    void anOrderThatWasNotPlacedHereIsNotForUsToPayBack(String id, String status) throws Exception {
        intake.sql("INSERT INTO payments.orders (id, user_id, status, lines, total_minor) VALUES ('" + id
                + "', 'intake-u', '" + status
                + "', '[{\"gameId\":\"intake-g\",\"quantity\":1,\"unitPriceMinor\":1999}]', 1999)"
                + " ON CONFLICT DO NOTHING");
        long before = intake.rows();
        for (String what : List.of("refunds", "cancel", "capture")) {
            HttpResponse<String> refused = intake.post("/v1/orders/" + id + "/" + what, "it-import", "{}");
            assertThat(refused.statusCode()).as(what).isEqualTo(422);
            assertThat(slug(refused)).isEqualTo("not-paid-here");
            assertThat(json(refused).path("detail").asText()).contains(id);
        }
        assertThat(intake.rows()).isEqualTo(before);
    }

    @Test
    void whoeverSetsTheStatusOfARowByHandKeepsNobodyFromTheirMoney() throws Exception {
        String id = json(intake.post("/v1/orders", "it-by-hand", BODY))
                .path("orderId")
                .asText();
        intake.sql("UPDATE payments.orders SET status = 'PAID' WHERE id = '" + id + "'");
        assertThat(intake.post("/v1/orders/" + id + "/refunds", "it-by-hand-2", "{}")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void whilePostgresIsAwayTheClientIsAskedToComeAgain() throws Exception {
        PostgresSettings nowhere = new PostgresSettings("127.0.0.1", 1, "x", "x", "x", Map.of());
        try (TestIntake away = new TestIntake(nowhere, 4, 256)) {
            HttpResponse<String> answer = away.post("/v1/orders", "it-4", BODY);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }
}
