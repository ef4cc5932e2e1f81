package io.gamestream.payments;

import io.gamestream.payments.action.ActionDoor;
import io.gamestream.payments.admin.AdminDoor;
import io.gamestream.payments.intake.OrderIntake;
import io.gamestream.payments.webhook.WebhookDoor;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.ApiDocument;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import java.time.InstantSource;
import java.util.Map;

/** The process {@code payments-gateway}: orders of players and webhooks of the PSP come in here. */
public final class PaymentsGatewayService extends ComposedService {

    private static final String NAME = "payments-gateway";

    private int port;
    private int adminPort;

    private PaymentsGatewayService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, PaymentsGatewayService::start);
    }

    /** Starts it; it listens when this returns. */
    public static PaymentsGatewayService start(Settings settings) throws Exception {
        return open(new PaymentsGatewayService(), service -> service.open(settings));
    }

    private void open(Settings settings) {
        GatewaySettings gateway = settings.bind(NAME, GatewaySettings.class);
        AvroSerdes serdes = new AvroSerdes(settings.bind("registry", RegistrySettings.class));
        Metrics metrics = part(new Metrics(NAME));
        OrderIntake intake = part(new OrderIntake(settings.bind("postgres", PostgresSettings.class), gateway.intake()));
        WebhookDoor webhooks =
                part(new WebhookDoor(settings.bind("kafka", KafkaSettings.class), serdes, gateway.webhooks(), metrics));
        ActionDoor actions = part(new ActionDoor(gateway.action(), metrics));
        HttpService http = part(HttpService.start(
                new HttpService.Spec(
                        NAME, gateway.http(), NAME + ".http", gateway.eventLoops(), new Readiness(), metrics),
                ApiDocument.load(PaymentsGatewayService.class, "openapi.json", Map.of()),
                (vertx, routes) -> {
                    intake.addTo(vertx, routes);
                    webhooks.addTo(vertx, routes);
                    actions.addTo(vertx, routes);
                }));
        port = http.port();
        AdminDoor admin = part(new AdminDoor(
                settings.bind("kafka", KafkaSettings.class), serdes, gateway.admin(), metrics, InstantSource.system()));
        adminPort = admin.port();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** The port of the operators' door. */
    public int adminPort() {
        return adminPort;
    }
}
