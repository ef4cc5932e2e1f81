package io.gamestream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.CauseKind;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.serving.testing.ServingClient;
import io.gamestream.serving.testing.ServingSettings;
import io.gamestream.serving.testing.ViewSamples;
import io.gamestream.topology.payment.JournalRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A payment as it is, as it was, and as part of its order. */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentReadsIT {

    private static final Instant PLACED = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<OrderState> STATES = List.of(
            OrderState.CREATED,
            OrderState.AWAITING_PAYMENT,
            OrderState.PAID,
            OrderState.COMPLETED,
            OrderState.REFUNDED);

    /** The second and the third change come in one millisecond. */
    private static final List<Integer> AT_MS = List.of(0, 100, 100, 200, 300);

    private final ServingService service;
    private final ServingClient client;

    PaymentReadsIT(Stack stack) throws Exception {
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "payment-reads"),
                new StringSerializer(),
                new AvroSerdes(stack.registry()).<SpecificRecord>valueSerde().serializer())) {
            for (int i = 0; i < STATES.size(); i++) {
                // Others' entries lie between.
                for (String order : List.of("pr-other-" + i, "pr-1", "pr-more-" + i)) {
                    write(producer, order, i);
                }
            }
            producer.send(new ProducerRecord<>("views.orders.v1", "pr-1", ViewSamples.order("pr-1", "pr-u", 5)))
                    .get();
            producer.send(new ProducerRecord<>("views.orders.v1", "pr-2", ViewSamples.order("pr-2", "pr-u", 5)))
                    .get();
        }
        service = ServingService.start(new ServingSettings(stack, "payment-reads-it").settings());
        client = new ServingClient(service.port());
    }

    private static void write(KafkaProducer<String, SpecificRecord> producer, String order, int index)
            throws Exception {
        Instant at = PLACED.plusMillis(AT_MS.get(index));
        PaymentView view = PaymentView.newBuilder(ViewSamples.payment(order, "pr-u"))
                .setStatus(STATES.get(index))
                .setUpdatedAt(at)
                .setSeq(index + 1)
                .build();
        ProducerRecord<String, SpecificRecord> entry = new ProducerRecord<>(
                PaymentTopics.JOURNAL.name(),
                null,
                at.toEpochMilli(),
                order,
                new JournalEntry(
                        order, index + 1L, at, "psp", CauseKind.WEBHOOK, "evt", List.of(), null, view, "", "hash"));
        if (index > 0) {
            entry.headers()
                    .add(
                            JournalRules.PREVIOUS_AT,
                            Long.toString(PLACED.toEpochMilli() + AT_MS.get(index - 1))
                                    .getBytes(StandardCharsets.UTF_8));
        }
        producer.send(entry).get();
        producer.send(new ProducerRecord<>(PaymentTopics.PAYMENT_VIEW.name(), null, at.toEpochMilli(), order, view))
                .get();
    }

    @BeforeAll
    void ready() {
        client.awaitReady();
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
    }

    @Test
    void aPaymentIsAnsweredAsItWas() {
        assertThat(statusAt(300)).isEqualTo("REFUNDED");
        assertThat(statusAt(299)).isEqualTo("COMPLETED");
        assertThat(statusAt(200)).isEqualTo("COMPLETED");
        assertThat(statusAt(199)).as("the last of two of one millisecond").isEqualTo("PAID");
        assertThat(statusAt(99)).isEqualTo("CREATED");
        // Before it was placed.
        client.awaitStatus("/v1/payments/pr-1?asOf=2025-12-31T23:59:59.999Z", 404);
        client.awaitStatus("/v1/payments/pr-nobody?asOf=2026-01-01T00:00:00Z", 404);
    }

    @Test
    void aPastStateSaysOfWhen() {
        JsonNode past = client.awaitStatus("/v1/payments/pr-1?asOf=2026-01-01T01:00:00.150%2B01:00", 200)
                .json();
        assertThat(past.path("asOf").asText()).isEqualTo("2026-01-01T00:00:00.150Z");
        assertThat(past.path("seq").asLong()).isEqualTo(3);
    }

    @Test
    void anOrderHasTheStatusOfItsPayment() {
        JsonNode paid = client.awaitStatus("/v1/orders/pr-1", 200).json();
        assertThat(paid.path("status").asText()).isEqualTo("REFUNDED");
        assertThat(paid.path("id").asText()).isEqualTo("pr-1");
        assertThat(paid.path("total").path("amountMinor").asLong()).isEqualTo(7999);
        assertThat(paid.path("payment").path("status").asText()).isEqualTo("REFUNDED");
        assertThat(paid.path("payment").has("asOf")).isTrue();
        JsonNode alone = client.awaitStatus("/v1/orders/pr-2", 200).json();
        assertThat(alone.path("status").asText()).isEqualTo("paid");
        assertThat(alone.has("payment")).isFalse();
    }

    /** A partition that goes from one thread of the only instance to another is nowhere for a moment, which is a 503. */
    private String statusAt(int millis) {
        return client.awaitStatus("/v1/payments/pr-1?asOf=" + PLACED.plusMillis(millis), 200)
                .json()
                .path("status")
                .asText();
    }
}
