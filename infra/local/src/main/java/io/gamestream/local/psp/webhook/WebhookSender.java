package io.gamestream.local.psp.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.psp.api.StripeJson;
import io.gamestream.local.psp.engine.LoggedEvent;
import io.gamestream.local.psp.engine.Psp;
import io.gamestream.local.psp.fault.DeliveryFate;
import io.gamestream.local.psp.fault.FaultPlan;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.runtime.http.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Posts events until the endpoint has acknowledged them with a 2xx, with growing pauses, and as badly as the plan wants it.
 * What was still owed when the process died is owed after the next start. Runs on one event loop.
 */
public final class WebhookSender implements AutoCloseable {

    private enum Kind {
        PROPER,
        DUPLICATE,
        FORGED
    }

    private record Due(long at, long order, String event, int attempt, Kind kind) {}

    private final Vertx vertx;
    private final Psp psp;
    private final FaultPlan faults;
    private final WebhookSettings settings;
    private final Clock clock;
    private final HttpClient client;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long order;
    private int inFlight;
    private boolean closed;

    public WebhookSender(Vertx vertx, Psp psp, FaultPlan faults, WebhookSettings settings, Clock clock) {
        this.vertx = vertx;
        this.psp = psp;
        this.faults = faults;
        this.settings = settings;
        this.clock = clock;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) settings.timeout().toMillis()),
                new PoolOptions().setHttp1MaxSize(settings.inFlight()));
    }

    /** Takes up what is owed, and each new event from now on. */
    public void start() {
        if (settings.url().isEmpty()) {
            return;
        }
        psp.events()
                .newestFirst(null)
                .filter(event -> !event.ended())
                .sorted(Comparator.comparingLong(event -> event.ref().offset()))
                .forEach(event -> enqueue(event.event().id(), event.attempts() + 1, Kind.PROPER, 0));
        psp.onEvent(this::plan);
        pump();
    }

    /** Deliveries that are waiting or under way. */
    public int pending() {
        return due.size() + inFlight;
    }

    /** Sends whatever is due; called by the clock of the service, and after each delivery. */
    public void pump() {
        while (!closed && inFlight < settings.inFlight()) {
            Due next = due.peek();
            if (next == null || next.at() > clock.millis()) {
                return;
            }
            due.poll();
            psp.events().get(next.event()).ifPresent(event -> send(next, event));
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private void plan(LoggedEvent event) {
        String id = event.event().id();
        DeliveryFate fate = faults.delivery(id, event.event().type());
        if (fate.lost()) {
            psp.delivery(new Entry.Delivery(clock.millis(), id, 1, "lost", 0));
        } else {
            enqueue(id, 1, Kind.PROPER, fate.delayMs());
        }
        if (fate.duplicated()) {
            enqueue(id, 1, Kind.DUPLICATE, fate.delayMs());
        }
        if (fate.forged()) {
            enqueue(id, 1, Kind.FORGED, 0);
        }
        // Not now: the request that caused the event has to be answered first.
        vertx.runOnContext(ignored -> pump());
    }

    private void enqueue(String event, int attempt, Kind kind, long delayMs) {
        due.add(new Due(clock.millis() + delayMs, order++, event, attempt, kind));
    }

    private void send(Due what, LoggedEvent event) {
        ObjectNode json = StripeJson.event(
                event.event(), psp.changeOf(event).object(event.event().object()), true);
        byte[] body = Json.write(json).getBytes();
        String signature = Signature.header(body, settings.secrets(), clock.millis() / 1_000);
        byte[] sent = what.kind() == Kind.FORGED ? forge(json) : body;
        inFlight++;
        client.request(new RequestOptions()
                        .setAbsoluteURI(settings.url())
                        .setMethod(HttpMethod.POST)
                        .setTimeout(settings.timeout().toMillis())
                        .putHeader("Content-Type", "application/json; charset=utf-8")
                        .putHeader("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                        .putHeader("Stripe-Signature", signature))
                .compose(request -> request.send(Buffer.buffer(sent)))
                .compose(response -> response.body().map(ignored -> response.statusCode()))
                .otherwise(0)
                .onSuccess(status -> done(what, event, status));
    }

    private void done(Due what, LoggedEvent event, int status) {
        inFlight--;
        if (closed) {
            return;
        }
        long now = clock.millis();
        boolean acknowledged = status >= 200 && status < 300;
        String outcome =
                switch (what.kind()) {
                    case FORGED -> "forged";
                    case DUPLICATE -> "duplicate";
                    case PROPER -> proper(event, acknowledged, now);
                };
        psp.delivery(new Entry.Delivery(now, what.event(), what.attempt(), outcome, status));
        if (outcome.equals("failed")) {
            enqueue(what.event(), what.attempt() + 1, Kind.PROPER, settings.retryMs(what.attempt()));
        }
        pump();
    }

    private String proper(LoggedEvent event, boolean acknowledged, long now) {
        if (acknowledged) {
            return "delivered";
        }
        boolean late =
                now - event.event().created() * 1_000 > settings.giveUpAfter().toMillis();
        return late ? "gave-up" : "failed";
    }

    /** What an attacker would send: another amount under the signature of the true body. */
    private static byte[] forge(ObjectNode event) {
        ObjectNode forged = event.deepCopy();
        ObjectNode object = forged.withObject("/data/object");
        object.put("amount", object.path("amount").asLong() * 10 + 1);
        object.put("amount_received", object.path("amount").asLong());
        object.put("status", "succeeded");
        return Json.write(forged).getBytes();
    }
}
