package io.gamestream.local.psp.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.ApiErrorException;
import io.gamestream.local.psp.core.Command;
import io.gamestream.local.psp.engine.Psp;
import io.gamestream.local.psp.fault.FaultPlan;
import io.gamestream.local.psp.fault.FaultSettings;
import io.gamestream.local.psp.fault.Plans;
import io.gamestream.local.psp.fault.Script;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What only a simulator has, below {@code /_sim}: the plan of misbehaviour, faults on demand, the customer and the bank by
 * hand, counts. With the API key, as everything here.
 */
final class AdminRoutes {

    private static final int MAX_BODY = 64 * 1024;

    private final Psp psp;
    private final FaultPlan faults;
    private final FaultSettings given;
    private final Exchanges exchanges;
    private final Clock clock;
    private final IntSupplier pendingDeliveries;

    /**
     * Routes.
     *
     * @param given the plan in the settings
     */
    AdminRoutes(
            Psp psp,
            FaultPlan faults,
            FaultSettings given,
            Exchanges exchanges,
            Clock clock,
            IntSupplier pendingDeliveries) {
        this.psp = psp;
        this.faults = faults;
        this.given = given;
        this.exchanges = exchanges;
        this.clock = clock;
        this.pendingDeliveries = pendingDeliveries;
    }

    void addTo(HttpRoutes routes) {
        routes.get("/_sim/status", exchanges.guarded(this::status));
        routes.get("/_sim/faults", exchanges.guarded(this::sendPlan));
        post(routes, "/_sim/faults", this::changePlan);
        routes.delete("/_sim/faults", exchanges.guarded(this::resetPlan));
        routes.get("/_sim/scripts", exchanges.guarded(context -> Json.send(context.response(), 200, faults.scripts())));
        post(routes, "/_sim/scripts", this::addScript);
        routes.delete("/_sim/scripts", exchanges.guarded(context -> {
            faults.clearScripts();
            Json.send(context.response(), 200, faults.scripts());
        }));
        post(
                routes,
                "/_sim/payment_intents/{id}/authenticate",
                context ->
                        happen(context, new Command.FinishChallenge(context.pathParam("id"), flag(context, "passes"))));
        post(
                routes,
                "/_sim/payment_intents/{id}/settle",
                context -> happen(context, new Command.Settle(context.pathParam("id"), flag(context, "succeeds"))));
        post(
                routes,
                "/_sim/charges/{id}/dispute",
                context -> happen(
                        context,
                        new Command.OpenDispute(
                                context.pathParam("id"),
                                "fraudulent",
                                flag(context, "inquiry"),
                                flag(context, "won"))));
        post(
                routes,
                "/_sim/disputes/{id}/resolve",
                context -> happen(context, new Command.ResolveDispute(context.pathParam("id"), flag(context, "won"))));
        post(
                routes,
                "/_sim/refunds/{id}/settle",
                context ->
                        happen(context, new Command.SettleRefund(context.pathParam("id"), flag(context, "succeeds"))));
    }

    private void status(RoutingContext context) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("truthLog", psp.log().file().toString());
        counts.put("truthLogBytes", psp.log().size());
        counts.put("paymentIntents", psp.state().intents().size());
        counts.put("charges", psp.state().charges().size());
        counts.put("refunds", psp.state().refunds().size());
        counts.put("disputes", psp.state().disputes().size());
        counts.put("events", psp.events().size());
        counts.put("idempotencyKeys", psp.keys());
        counts.put("openTasks", psp.state().openTasks());
        counts.put("pendingDeliveries", pendingDeliveries.getAsInt());
        Json.send(context.response(), 200, counts);
    }

    /** Merged into the plan as it is: what isn't named stays. */
    private void changePlan(RoutingContext context) {
        try {
            FaultSettings next = Plans.merge(faults.settings(), body(context));
            psp.plan(Plans.json(next), clock.millis());
            faults.change(next);
            sendPlan(context);
        } catch (IllegalArgumentException e) {
            throw new ApiErrorException(ApiError.invalid(null, null, String.valueOf(e.getMessage())));
        }
    }

    private void resetPlan(RoutingContext context) {
        psp.plan(null, clock.millis());
        faults.change(given);
        sendPlan(context);
    }

    private void sendPlan(RoutingContext context) {
        Json.send(context.response(), 200, Plans.json(faults.settings()));
    }

    private void addScript(RoutingContext context) {
        JsonNode body = body(context);
        try {
            faults.add(new Script(
                    body.path("operation").asText("any"),
                    body.path("match").asText(""),
                    body.path("fault").asText(""),
                    body.path("times").asInt(1)));
        } catch (IllegalArgumentException e) {
            throw new ApiErrorException(ApiError.invalid(null, null, String.valueOf(e.getMessage())));
        }
        Json.send(context.response(), 200, faults.scripts());
    }

    private void happen(RoutingContext context, Command.World what) {
        Psp.Outcome outcome = psp.happen(what, faults.world(context.pathParam("id")), clock.millis());
        Reply.send(context.response(), outcome, psp.state(), List.of());
    }

    private void post(HttpRoutes routes, String path, Handler<RoutingContext> handler) {
        routes.post(path, MAX_BODY, exchanges.guarded(handler));
    }

    private static boolean flag(RoutingContext context, String name) {
        return body(context).path(name).asBoolean(true);
    }

    private static ObjectNode body(RoutingContext context) {
        Buffer buffer = context.body().buffer();
        try {
            JsonNode node = buffer == null || buffer.length() == 0
                    ? Json.MAPPER.createObjectNode()
                    : Json.MAPPER.readTree(buffer.getBytes());
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new ApiErrorException(ApiError.invalid(null, null, "The body is no JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new ApiErrorException(ApiError.invalid(null, null, "The body is no JSON object."));
    }
}
