package io.gamestream.payments.webhook;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.metrics.Metrics;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.apache.avro.specific.SpecificRecord;

/** Where the PSP's webhooks come in: a producer and the route on top of it. */
public final class WebhookDoor implements AutoCloseable {

    private final WebhookSettings settings;
    private final WebhookLog log;
    private final Metrics metrics;

    public WebhookDoor(KafkaSettings kafka, AvroSerdes serdes, WebhookSettings settings, Metrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.log = new WebhookLog(
                KafkaClients.producer(kafka, "payments-gateway"),
                serdes.<SpecificRecord>valueSerde().serializer(),
                settings.ackTimeout());
        metrics.bind(log.producer());
    }

    /** Adds the route. */
    public void addTo(Vertx vertx, HttpRoutes routes) {
        new WebhookRoute(vertx, settings, log::write, InstantSource.system(), metrics.registry()).addTo(routes);
    }

    @Override
    public void close() {
        log.close();
    }
}
