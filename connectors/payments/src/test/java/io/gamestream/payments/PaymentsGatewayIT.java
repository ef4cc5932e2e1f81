package io.gamestream.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.ArchivedWebhook;
import io.gamestream.schemas.payments.WebhookEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Webhooks into a real broker. */
@ExtendWith(StackExtension.class)
class PaymentsGatewayIT {

    private static final String SECRET = "whsec_test_gamestream";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Stack stack;
    private final String id = "evt_" + UUID.randomUUID().toString().replace("-", "");

    PaymentsGatewayIT(Stack stack) {
        this.stack = stack;
    }

    private PaymentsGatewayService gateway(KafkaSettings kafka) throws Exception {
        Map<String, String> settings = stack.connectionSettings();
        settings.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("payments-gateway.http.port", "0");
        settings.put("payments-gateway.action.provider.api-key", "sk_test_gamestream");
        settings.put("payments-gateway.admin.http.port", "0");
        settings.put("payments-gateway.webhooks.ack-timeout", "1500ms");
        settings.put("payments-gateway.webhooks.secrets", "[" + SECRET + "]");
        return PaymentsGatewayService.start(Settings.load(null, Map.of(), settings));
    }

    private HttpResponse<String> post(PaymentsGatewayService gateway, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.port() + "/webhooks/stripe"))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", com.stripe.net.Webhook.Signature.generateSignatureHeader(body, SECRET))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** As the PSP does: again, where it isn't taken within the time, until it is. */
    private void deliver(PaymentsGatewayService gateway, String body) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            int status = post(gateway, body).statusCode();
            assertThat(status).isIn(200, 503);
            return status == 200;
        });
    }

    private String event(String type, String object) {
        return "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"livemode\":false,\"created\":1,\"data\":{\"object\":"
                + object + "}}";
    }

    private <T extends SpecificRecord> ConsumerRecord<String, T> find(String topic, Class<T> type, String key) {
        Map<String, Object> properties = KafkaClients.consumer(stack.kafka(), "test");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "test-" + UUID.randomUUID());
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(
                properties,
                new StringDeserializer(),
                new AvroSerdes(stack.registry()).valueSerde(type).deserializer())) {
            consumer.subscribe(List.of(topic));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                for (ConsumerRecord<String, T> record : consumer.poll(Duration.ofMillis(200))) {
                                    if (record.key().equals(key)) {
                                        return record;
                                    }
                                }
                                return null;
                            },
                            record -> record != null);
        }
    }

    @Test
    void whatIsAnsweredWith200IsInKafka() throws Exception {
        String order = "ord-" + id;
        try (PaymentsGatewayService gateway = gateway(stack.kafka())) {
            deliver(
                    gateway,
                    event(
                            "payment_intent.succeeded",
                            "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":5,\"amount_received\":5,"
                                    + "\"currency\":\"eur\",\"status\":\"succeeded\",\"metadata\":{\"order_id\":\""
                                    + order + "\"}}"));
            deliver(
                    gateway,
                    event(
                            "charge.dispute.created",
                            "{\"id\":\"dp_1\",\"object\":\"dispute\",\"amount\":5,\"currency\":\"eur\",\"status\":"
                                    + "\"needs_response\",\"payment_intent\":\"pi_" + id + "\"}"));
        }
        assertThat(find(PaymentTopics.WEBHOOKS.name(), WebhookEvent.class, order)
                        .value()
                        .getEventId())
                .isEqualTo(id);
        assertThat(find(PaymentTopics.UNROUTED_WEBHOOKS.name(), WebhookEvent.class, "pi_" + id)
                        .value()
                        .getOrderId())
                .isNull();
        assertThat(find(PaymentTopics.WEBHOOK_ARCHIVE.name(), ArchivedWebhook.class, id)
                        .value()
                        .getBody())
                .contains(order);
    }

    @Test
    void whileKafkaIsAwayThePspIsAskedToSendAgain() throws Exception {
        try (PaymentsGatewayService gateway = gateway(new KafkaSettings("127.0.0.1:1", Map.of()))) {
            assertThat(post(gateway, event("x", "{}")).statusCode()).isEqualTo(503);
        }
    }
}
