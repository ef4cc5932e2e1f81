package io.gamestream.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.TestData;
import io.gamestream.runtime.http.Json;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookRulesTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_763_702_000L);

    private final WebhookRules rules = new WebhookRules(false, "");

    private Webhook read(String body) throws Exception {
        return rules.read(Json.MAPPER.readTree(body), body, NOW);
    }

    @Test
    void everyKnownEventBecomesFactsAboutItsPayment() throws Exception {
        Map<String, PspStatus> statuses = new HashMap<>();
        for (JsonNode signed : TestData.signedEvents()) {
            Webhook webhook = read(signed.path("body").asText());
            WebhookEvent event = webhook.event();
            assertThat(event).as(signed.path("type").asText()).isNotNull();
            if (event == null) {
                continue;
            }
            assertThat(event.getType()).isEqualTo(signed.path("type").asText());
            PspFact fact = event.getFacts().get(0);
            assertThat(fact.getCurrency()).isEqualTo("BRL");
            assertThat(fact.getStatus()).isNotEqualTo(PspStatus.UNKNOWN);
            statuses.put(event.getEventId() + " " + fact.getObject(), fact.getStatus());
        }
        assertThat(statuses)
                .hasSize(19)
                .containsEntry("evt_gs_0002 INTENT", PspStatus.REQUIRES_ACTION)
                .containsEntry("evt_gs_0007 INTENT", PspStatus.SUCCEEDED)
                .containsEntry("evt_gs_0013 REFUND", PspStatus.FAILED)
                .containsEntry("evt_gs_0014 DISPUTE", PspStatus.NEEDS_RESPONSE);
    }

    @Test
    void anUnknownTypeIsOnlyArchived() throws Exception {
        Webhook webhook = read(
                "{\"id\":\"evt_1\",\"type\":\"payout.paid\",\"livemode\":false,\"data\":{\"object\":{\"id\":\"po_1\",\"object\":\"payout\",\"amount\":5,\"currency\":\"eur\"}}}");
        assertThat(webhook.event()).isNull();
        assertThat(webhook.archived().getType()).isEqualTo("payout.paid");
    }

    @Test
    void anEventOfTheOtherModeOrAnotherAccountIsOnlyArchived() throws Exception {
        String body =
                "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"livemode\":true,\"account\":\"acct_2\",\"data\":{\"object\":{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":5,\"currency\":\"eur\",\"status\":\"succeeded\"}}}";
        assertThat(read(body).notForUs()).contains("livemode");
        assertThat(read(body).event()).isNull();
        JsonNode json = Json.MAPPER.readTree(body);
        assertThat(new WebhookRules(true, "acct_1").read(json, body, NOW).notForUs())
                .contains("acct_2");
        assertThat(new WebhookRules(true, "acct_2").read(json, body, NOW).event())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ugx, 5, 1763700000",
        "xyz, 5, 1763700000",
        "eur, 5, 9223372036854775807",
        "eur, 5, 10000000000000",
        "eur, 5, -1",
        "eur, 9223372036854775807, 1763700000",
        "isk, 5, 1763700000",
        "mga, 9223372036854775807, 1763700000",
    })
    void anEventThatCanNotBeReadIsArchivedWithTheReason(String currency, long amount, long created) throws Exception {
        Webhook webhook = read("{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"created\":" + created
                + ",\"data\":{\"object\":{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":" + amount
                + ",\"currency\":\"" + currency + "\",\"status\":\"succeeded\"}}}");
        assertThat(webhook.event()).isNull();
        assertThat(webhook.notForUs()).contains("unreadable");
        assertThat(webhook.archived().getEventId()).isEqualTo("evt_1");
    }

    /** An instant can hold it; the microseconds of our records can't. */
    @Test
    void anObjectOfAnImpossibleMomentIsArchivedWithTheReason() throws Exception {
        Webhook webhook = read(
                "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"created\":5,\"data\":{\"object\":{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":5,\"currency\":\"eur\",\"created\":10000000000000}}}");
        assertThat(webhook.event()).isNull();
        assertThat(webhook.notForUs()).contains("unreadable", "created: 10000000000000");
    }

    @Test
    void clientSecretsAreNotArchived() throws Exception {
        Webhook webhook = read(
                "{\"id\":\"evt_1\",\"type\":\"x\",\"data\":{\"object\":{\"client_secret\": \"pi_1_secret_abc\",\"a\":\"b\"}}}");
        assertThat(webhook.archived().getBody())
                .doesNotContain("abc")
                .contains("\"client_secret\": \"\"", "\"a\":\"b\"");
    }

    @Test
    void theSecretInTheAddressOfAnActionIsNotArchived() throws Exception {
        Webhook webhook = read(
                "{\"id\":\"evt_1\",\"type\":\"x\",\"data\":{\"object\":{\"next_action\":{\"redirect_to_url\":{\"url\":"
                        + "\"https://hooks.stripe.com/redirect/authenticate/src_1abc?client_secret=src_client_secret_9xyz\\u0026a=b\"},"
                        + "\"use_stripe_sdk\":{\"stripe_js\":\"https://js/?payment_intent_client_secret=pi_1_secret_9xyz\"}}}}}");
        assertThat(webhook.archived().getBody())
                .doesNotContain("9xyz", "_secret_9")
                .contains("authenticate/src_1abc?client_secret=\\u0026a=b", "payment_intent_client_secret=\"");
    }

    @Test
    void namesTheOperationAndTheOrderWhereThePspSaysSo() throws Exception {
        WebhookEvent event =
                read("{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"created\":5,\"request\":{\"id\":\"req\",\"idempotency_key\":\"o1:create:1\"},\"data\":{\"object\":{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":500,\"amount_received\":500,\"currency\":\"eur\",\"status\":\"succeeded\",\"latest_charge\":\"ch_1\",\"metadata\":{\"order_id\":\"o1\"}}}}")
                        .event();
        assertThat(event).isNotNull();
        if (event != null) {
            assertThat(event.getOrderId()).isEqualTo("o1");
            assertThat(event.getIntentId()).isEqualTo("pi_1");
            PspFact fact = event.getFacts().get(0);
            assertThat(fact.getObject()).isEqualTo(PspObject.INTENT);
            assertThat(fact.getOperationId()).isEqualTo("o1:create:1");
            assertThat(fact.getCapturedMinor()).isEqualTo(500);
            assertThat(fact.getChargeId()).isEqualTo("ch_1");
        }
    }

    @Test
    void whatIsNoEventIsRefusedByName() {
        assertThatThrownBy(() -> read("{\"type\":\"x\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id");
        assertThatThrownBy(() -> read("[]")).isInstanceOf(IllegalArgumentException.class);
    }
}
