package io.gamestream.payments.admin;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.http.ApiDocument;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.Closeables;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.ParkedOrder;
import io.micrometer.core.instrument.Gauge;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The operators' door of the gateway: a listener of its own, so that what players and the PSP reach can't replay anything.
 */
public final class AdminDoor implements AutoCloseable {

    private static final String NAME = "payments-gateway";
    private static final String SETTING = NAME + ".admin.http";

    private final Closeables parts = new Closeables();
    private final Producer<String, AdminCommand> producer;
    private final int port;

    /** Listens when this returns; the dead letters are read in the background. */
    public AdminDoor(
            KafkaSettings kafka, AvroSerdes serdes, AdminSettings settings, Metrics metrics, InstantSource clock) {
        Letters letters = new Letters(settings.keepResolved());
        LetterReader reader = parts.add(new LetterReader(
                letters,
                () -> new KafkaConsumer<>(
                        KafkaClients.consumer(kafka, NAME + "-dead-letters"),
                        new StringDeserializer(),
                        serdes.valueSerde(ParkedOrder.class).deserializer())));
        producer = parts.add(producer(kafka, serdes, settings));
        Gauge.builder("payments_parked_orders", letters, Letters::open)
                .description("Dead letters of orders that are open")
                .register(metrics.registry());
        HttpService http = parts.add(HttpService.start(
                new HttpService.Spec(
                        NAME + "-admin",
                        settings.http(),
                        SETTING,
                        1,
                        new Readiness(),
                        parts.add(new Metrics(NAME + "-admin"))),
                ApiDocument.load(AdminDoor.class, "admin-openapi.json", Map.of()),
                (vertx, routes) -> new AdminRoutes(vertx, letters, this::send, clock).addTo(routes)));
        port = http.port();
        reader.start();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws Exception {
        parts.close();
    }

    private static Producer<String, AdminCommand> producer(
            KafkaSettings kafka, AvroSerdes serdes, AdminSettings settings) {
        Map<String, Object> properties = KafkaClients.producer(kafka, NAME + "-admin");
        int within = (int) settings.ackTimeout().toMillis();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, within);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, within / 2);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) within);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(
                properties,
                new StringSerializer(),
                serdes.valueSerde(AdminCommand.class).serializer());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    private CompletableFuture<Void> send(AdminCommand command) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer.send(
                new ProducerRecord<>(PaymentTopics.ADMIN_COMMANDS.name(), command.getOrderId(), command),
                (metadata, e) -> {
                    if (e == null) {
                        sent.complete(null);
                    } else {
                        sent.completeExceptionally(e);
                    }
                });
        return sent;
    }
}
