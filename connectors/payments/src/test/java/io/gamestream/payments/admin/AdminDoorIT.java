package io.gamestream.payments.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.payments.PaymentsGatewayService;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.AdminCommandKind;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operators' door with a real broker behind it. */
@ExtendWith(StackExtension.class)
class AdminDoorIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Stack stack;
    private final AvroSerdes serdes;
    private final String order = "ord-" + UUID.randomUUID();

    AdminDoorIT(Stack stack) {
        this.stack = stack;
        this.serdes = new AvroSerdes(stack.registry());
    }

    @Test
    void aParkedOrderIsListedAndReplayedOnceUntilItIsResolved() throws Exception {
        write(ParkedOrders.open(order, 1, ParkCause.EXHAUSTED));
        try (PaymentsGatewayService gateway = gateway()) {
            String base = "http://127.0.0.1:" + gateway.adminPort() + "/v1/admin/dlq";
            Awaitility.await().until(() -> get(base + "/" + order + ":parked:1").statusCode() == 200);
            JsonNode shown =
                    Json.MAPPER.readTree(get(base + "/" + order + ":parked:1").body());
            assertThat(shown.path("cause").asText()).isEqualTo("EXHAUSTED");
            assertThat(shown.path("whatToDo").asText()).contains("replay");
            assertThat(get(base + "?status=OPEN&limit=500").body()).contains(order);

            HttpResponse<String> accepted = post(base + "/" + order + ":parked:1/replay", "{\"actor\":\"anna\"}");
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
            assertThat(commands()).singleElement().satisfies(command -> {
                assertThat(command.getKind()).isEqualTo(AdminCommandKind.REPLAY);
                assertThat(command.getDeadLetterId()).isEqualTo(order + ":parked:1");
                assertThat(command.getActor()).isEqualTo("staff:anna");
            });

            write(ParkedOrders.resolved(order, 1));
            Awaitility.await()
                    .until(() ->
                            post(base + "/" + order + ":parked:1/replay", "").statusCode() == 200);
            long sent = commands().size();
            assertThat(post(base + "/" + order + ":parked:1/replay", "").body()).contains("RESOLVED");
            assertThat(commands()).as("nothing more was asked for").hasSize((int) sent);
        }
    }

    @Test
    void whatCannotBeReplayedIsRefusedWithWhatToDo() throws Exception {
        write(ParkedOrders.open(order, 1, ParkCause.CONFLICT));
        try (PaymentsGatewayService gateway = gateway()) {
            String base = "http://127.0.0.1:" + gateway.adminPort() + "/v1/admin/dlq";
            Awaitility.await().until(() -> get(base + "/" + order + ":parked:1").statusCode() == 200);
            HttpResponse<String> refused = post(base + "/" + order + ":parked:1/replay", "");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("not-replayable", "look at the PSP");
            assertThat(post(base + "/" + order + ":parked:2/replay", "").statusCode())
                    .isEqualTo(404);
            assertThat(post(base + "/" + order + ":parked:1/replay", "[]").statusCode())
                    .isEqualTo(400);
            assertThat(post(base + "/" + order + ":parked:1/replay", "{\"actor\":7}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(get("http://127.0.0.1:" + gateway.port() + "/v1/admin/dlq")
                            .statusCode())
                    .as("not at the players' door")
                    .isEqualTo(404);
            assertThat(commands()).isEmpty();
        }
    }

    @Test
    void thePspIsReadWhenAnOperatorAsksForIt() throws Exception {
        try (PaymentsGatewayService gateway = gateway()) {
            String orders = "http://127.0.0.1:" + gateway.adminPort() + "/v1/admin/orders/";
            HttpResponse<String> accepted =
                    post(orders + order + "/sync", "{\"actor\":\"anna\",\"reason\":\"refunded by hand\"}");
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
            assertThat(Json.MAPPER.readTree(accepted.body()))
                    .isEqualTo(Json.MAPPER.valueToTree(Map.of("orderId", order, "status", "ACCEPTED")));
            assertThat(commands()).singleElement().satisfies(command -> {
                assertThat(command.getKind()).isEqualTo(AdminCommandKind.SYNC);
                assertThat(command.getDeadLetterId()).isNull();
                assertThat(command.getActor()).isEqualTo("staff:anna");
                assertThat(command.getReason()).isEqualTo("refunded by hand");
            });
            assertThat(post(orders + "x".repeat(201) + "/sync", "").statusCode())
                    .isEqualTo(400);
            assertThat(post(orders + order + "/sync", "[]").statusCode()).isEqualTo(400);
            assertThat(post("http://127.0.0.1:" + gateway.port() + "/v1/admin/orders/" + order + "/sync", "")
                            .statusCode())
                    .as("not at the players' door")
                    .isEqualTo(404);
            assertThat(commands()).hasSize(1);
        }
    }

    private PaymentsGatewayService gateway() throws Exception {
        Map<String, String> settings = stack.connectionSettings();
        settings.put("payments-gateway.webhooks.secrets", "[whsec_test_gamestream]");
        settings.put("payments-gateway.http.port", "0");
        settings.put("payments-gateway.action.provider.api-key", "sk_test_gamestream");
        settings.put("payments-gateway.admin.http.port", "0");
        return PaymentsGatewayService.start(Settings.load(null, Map.of(), settings));
    }

    private void write(ParkedOrder letter) throws Exception {
        try (KafkaProducer<String, ParkedOrder> producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "test"),
                new StringSerializer(),
                serdes.valueSerde(ParkedOrder.class).serializer())) {
            producer.send(new ProducerRecord<>(PaymentTopics.PARKED_ORDERS.name(), letter.getOrderId(), letter))
                    .get();
        }
    }

    /** Everything that was asked for this order. */
    private List<AdminCommand> commands() {
        Map<String, Object> properties = KafkaClients.consumer(stack.kafka(), "test");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "test-" + UUID.randomUUID());
        List<AdminCommand> found = new ArrayList<>();
        try (KafkaConsumer<String, AdminCommand> consumer = new KafkaConsumer<>(
                properties,
                new StringDeserializer(),
                serdes.valueSerde(AdminCommand.class).deserializer())) {
            consumer.subscribe(List.of(PaymentTopics.ADMIN_COMMANDS.name()));
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            boolean atEnd = false;
            while (!atEnd && System.nanoTime() < until) {
                for (ConsumerRecord<String, AdminCommand> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.key().equals(order)) {
                        found.add(record.value());
                    }
                }
                atEnd = !consumer.assignment().isEmpty()
                        && consumer.endOffsets(consumer.assignment()).entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            }
            assertThat(atEnd).isTrue();
        }
        return found;
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
