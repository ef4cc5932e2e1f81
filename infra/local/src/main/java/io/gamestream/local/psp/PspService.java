package io.gamestream.local.psp;

import io.gamestream.local.psp.api.PspRoutes;
import io.gamestream.local.psp.engine.Psp;
import io.gamestream.local.psp.fault.FaultPlan;
import io.gamestream.local.psp.fault.Plans;
import io.gamestream.local.psp.webhook.WebhookSender;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.ComposedService;
import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The simulated payment service provider as a process. */
public final class PspService extends ComposedService {

    private static final String NAME = "psp";

    /** How often due tasks and deliveries are looked for. */
    private static final long TICK_MS = 10;

    private final Clock clock;
    private int port;

    private PspService(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, PspService::start);
    }

    /** Starts it; it listens when this returns. */
    public static PspService start(Settings settings) throws Exception {
        return start(settings.bind("local.psp", PspSettings.class), Clock.systemUTC());
    }

    /** Starts it with a clock of the caller's. */
    public static PspService start(PspSettings settings, Clock clock) throws Exception {
        return open(new PspService(clock), service -> service.open(settings));
    }

    private void open(PspSettings given) {
        PspSettings settings = given.withKeys();
        Psp psp = part(openPsp(settings));
        FaultPlan faults = new FaultPlan(
                settings.seed(),
                psp.plan()
                        // What a plan of an earlier version doesn't know is as in the settings.
                        .map(plan -> Plans.merge(settings.faults(), plan))
                        .orElse(settings.faults()));
        Metrics metrics = part(new Metrics(NAME));
        Readiness readiness = new Readiness();
        AtomicReference<WebhookSender> sender = new AtomicReference<>();
        // One event loop: the provider knows no threads.
        HttpService http = part(HttpService.start(
                new HttpService.Spec(NAME, settings.http(), "local.psp.http", 1, readiness, metrics),
                (vertx, routes) -> {
                    WebhookSender webhooks = new WebhookSender(vertx, psp, faults, settings.webhooks(), clock);
                    sender.set(webhooks);
                    new PspRoutes(psp, faults, settings.apiKey(), settings.faults(), webhooks::pending, clock)
                            .addTo(vertx, routes);
                }));
        port = http.port();
        WebhookSender webhooks = part(Objects.requireNonNull(sender.get()));
        run(http.vertx(), psp, faults, webhooks);
    }

    private void run(Vertx vertx, Psp psp, FaultPlan faults, WebhookSender webhooks) {
        vertx.runOnContext(ignored -> {
            webhooks.start();
            vertx.setPeriodic(TICK_MS, timer -> {
                try {
                    boolean more = true;
                    while (more) {
                        String subject =
                                psp.state().nextTask().map(task -> task.id()).orElse("");
                        more = psp.work(faults.world(subject), clock.millis());
                    }
                    webhooks.pump();
                } catch (RuntimeException e) {
                    fail(e);
                    vertx.cancelTimer(timer);
                }
            });
        });
    }

    private static Psp openPsp(PspSettings settings) {
        Path file = Path.of(settings.dataDir()).resolve("psp-truth.jsonl");
        try {
            return Psp.open(file, settings.terms(), settings.retention(), settings.seed());
        } catch (IllegalStateException e) {
            throw new SettingsException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }
}
