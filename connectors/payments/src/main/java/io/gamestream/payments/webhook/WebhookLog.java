package io.gamestream.payments.webhook;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts webhooks into Kafka: into the archive, and where the saga finds them. May block while Kafka is away. */
final class WebhookLog implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    private final Producer<String, SpecificRecord> producer;

    WebhookLog(Map<String, Object> properties, Serializer<SpecificRecord> serializer, Duration ackTimeout) {
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) ackTimeout.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ackTimeout.toMillis() / 2);
        // A send that has no metadata yet holds a thread, and others wait behind it.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ackTimeout.toMillis() / 4);
        // Somebody is waiting for the answer.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer = new KafkaProducer<>(properties, new StringSerializer(), serializer);
    }

    /** Completes when Kafka has all of it. */
    CompletableFuture<Void> write(Webhook webhook) {
        CompletableFuture<Void> archived =
                send(PaymentTopics.WEBHOOK_ARCHIVE.name(), webhook.archived().getEventId(), webhook.archived());
        WebhookEvent event = webhook.event();
        if (event == null) {
            return archived;
        }
        String orderId = event.getOrderId();
        CompletableFuture<Void> routed = orderId == null
                ? send(PaymentTopics.UNROUTED_WEBHOOKS.name(), String.valueOf(event.getIntentId()), event)
                : send(PaymentTopics.WEBHOOKS.name(), orderId, event);
        return CompletableFuture.allOf(archived, routed);
    }

    Producer<String, SpecificRecord> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    private CompletableFuture<Void> send(String topic, String key, SpecificRecord value) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, e) -> {
            if (e == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(e);
            }
        });
        return sent;
    }
}
