package io.gamestream.payments.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.webhook.SignatureVerifier.Verdict;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.runtime.service.Reasons;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhooks/stripe}: 200 when Kafka has the event and not before, 400 for a signature that isn't valid, 413 for a
 * body that is too big, 503 while Kafka can't take it, whereupon the provider sends it again.
 */
final class WebhookRoute {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoute.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private static final int THREADS = 8;

    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final SignatureVerifier verifier;
    private final WebhookRules rules;
    private final Function<Webhook, CompletableFuture<Void>> log;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Semaphore slots;

    /**
     * The route.
     *
     * @param log completes when Kafka has the webhook; may block
     */
    WebhookRoute(
            Vertx vertx,
            WebhookSettings settings,
            Function<Webhook, CompletableFuture<Void>> log,
            InstantSource clock,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.threads = vertx.createSharedWorkerExecutor("webhooks", THREADS);
        this.verifier =
                new SignatureVerifier(settings.secrets(), settings.tolerance().toSeconds());
        this.rules = new WebhookRules(settings.livemode(), settings.account());
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.slots = new Semaphore(settings.inFlight());
    }

    void addTo(HttpRoutes routes) {
        routes.post("/webhooks/stripe", settings.maxBytes(), this::receive);
    }

    private void receive(RoutingContext context) {
        Buffer buffer = context.body().buffer();
        byte[] body = buffer == null ? new byte[0] : buffer.getBytes();
        Verdict verdict = verifier.verify(
                context.request().getHeader("Stripe-Signature"),
                body,
                clock.instant().getEpochSecond());
        if (verdict != Verdict.VALID) {
            count(verdict.name().toLowerCase(Locale.ROOT), "");
            throw new ProblemException(Problem.of("bad-signature", "The signature is not valid", 400, why(verdict)));
        }
        Webhook webhook = read(body);
        if (webhook.notForUs() != null) {
            LOG.warn(
                    "webhook {} is archived and not processed: {}",
                    webhook.archived().getEventId(),
                    webhook.notForUs());
        }
        if (!slots.tryAcquire()) {
            count("busy", webhook.archived().getType());
            unavailable(context, "Too many webhooks at a time.");
            return;
        }
        Context loop = vertx.getOrCreateContext();
        // A producer whose broker is away blocks, and an event loop must not.
        threads.executeBlocking(() -> log.apply(webhook), false)
                .compose(Future::fromCompletionStage)
                .onComplete(done -> loop.runOnContext(ignored -> {
                    slots.release();
                    answer(context, webhook, done.cause());
                }));
    }

    private void answer(RoutingContext context, Webhook webhook, @Nullable Throwable e) {
        String type = webhook.archived().getType();
        if (e == null) {
            count(webhook.event() == null ? "archived" : "accepted", type);
            Json.send(context.response(), 200, Map.of("received", true));
        } else {
            LOG.warn("webhook {} could not be kept: {}", webhook.archived().getEventId(), Reasons.of(e));
            count("unavailable", type);
            unavailable(context, "The event could not be kept; it has to be sent again.");
        }
    }

    private static void unavailable(RoutingContext context, String detail) {
        context.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
        Problems.send(context.response(), Problem.unavailable(detail));
    }

    private Webhook read(byte[] body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            return rules.read(json, new String(body, StandardCharsets.UTF_8), clock.instant());
        } catch (IOException e) {
            throw new ProblemException(Problem.badBody("The body is no JSON."));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badBody("The body is no event: " + e.getMessage() + "."));
        }
    }

    private void count(String outcome, String type) {
        metrics.counter("payments_webhooks", "outcome", outcome, "type", type).increment();
    }

    private static String why(Verdict verdict) {
        return switch (verdict) {
            case MALFORMED -> "The header Stripe-Signature is missing or malformed (expected: t=SECONDS,v1=HEX).";
            case OUT_OF_TIME -> "The signature's time is too far from ours.";
            case MISMATCH -> "No signature is by this endpoint's secret over this body.";
            case VALID -> "";
        };
    }
}
