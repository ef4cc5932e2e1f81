package io.gamestream.payments.action;

import io.gamestream.payments.psp.PaymentProvider;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.runtime.service.Reasons;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/orders/{id}/action}. The answer holds the payment intent's client secret: it comes from the PSP each time, goes
 * to whoever asks, and is kept nowhere.
 */
final class ActionRoute {

    private static final Logger LOG = LoggerFactory.getLogger(ActionRoute.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    private final Vertx vertx;
    private final Payments payments;
    private final PaymentProvider provider;

    /** Each one under way has a connection to the serving API or the PSP, or waits for its turn there. */
    private final Semaphore slots;

    ActionRoute(Vertx vertx, Payments payments, PaymentProvider provider, int inFlight) {
        this.vertx = vertx;
        this.payments = payments;
        this.provider = provider;
        this.slots = new Semaphore(inFlight);
    }

    void addTo(HttpRoutes routes) {
        routes.get("/v1/orders/{id}/action", this::tell);
    }

    private void tell(RoutingContext context) {
        String orderId = String.valueOf(context.pathParam("id"));
        if (!slots.tryAcquire()) {
            refuse(
                    context,
                    new ProblemException(Problem.unavailable("Too many ask at a time. Ask again in a moment.")));
            return;
        }
        Future.fromCompletionStage(ask(orderId, context), vertx.getOrCreateContext())
                .onComplete(done -> slots.release())
                .onSuccess(body -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    Json.send(context.response(), 200, body);
                })
                .onFailure(thrown -> refuse(context, thrown));
    }

    private CompletableFuture<Map<String, Object>> ask(String orderId, RoutingContext context) {
        CompletableFuture<Payment> read;
        try {
            read = payments.of(orderId, context.request().getHeader(Payments.POSITION));
        } catch (RuntimeException e) {
            read = CompletableFuture.failedFuture(e);
        }
        return read.handle((payment, thrown) -> {
                    if (thrown != null) {
                        throw away(orderId, thrown);
                    }
                    return payment;
                })
                .thenCompose(payment -> provider.intent(ActionRules.intentId(payment))
                        .thenApply(answer -> ActionRules.answer(payment, answer)));
    }

    private static ProblemException away(String orderId, Throwable thrown) {
        if (Reasons.cause(thrown) instanceof ProblemException known) {
            return known;
        }
        LOG.warn("the payment of order {} can't be read: {}", orderId, Reasons.of(Reasons.cause(thrown)));
        return new ProblemException(
                Problem.unavailable("The order's payment can't be read now. Ask again in a moment."));
    }

    private static void refuse(RoutingContext context, Throwable thrown) {
        Problem problem =
                Problems.of(Reasons.cause(thrown), "GET " + context.request().path());
        if (problem.status() == 503) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        Problems.send(context.response(), problem);
    }
}
