package io.gamestream.local.psp.api;

import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.ApiErrorException;
import io.gamestream.local.psp.core.Command;
import io.gamestream.local.psp.engine.Psp;
import io.gamestream.local.psp.fault.FaultPlan;
import io.gamestream.local.psp.fault.FaultPlan.Drawn;
import io.gamestream.local.psp.fault.TransportFault;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.runtime.http.HttpRoutes;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writes, with Stripe's order of things: rate limit, idempotency key, validation, execution. A rate limit, a key in use
 * and a parameter that is wrong are not kept for the key; whatever the execution answers is, a 500 too. Runs on one event
 * loop.
 */
final class WriteRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(WriteRoutes.class);
    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_KEY = 255;

    private final Psp psp;
    private final FaultPlan faults;
    private final Wire wire;
    private final Exchanges exchanges;
    private final Clock clock;

    WriteRoutes(Psp psp, FaultPlan faults, Wire wire, Exchanges exchanges, Clock clock) {
        this.psp = psp;
        this.faults = faults;
        this.wire = wire;
        this.exchanges = exchanges;
        this.clock = clock;
    }

    void addTo(HttpRoutes routes) {
        String intent = "/v1/payment_intents/{id}";
        add(routes, "/v1/payment_intents", "create", (id, params) -> Requests.create(params));
        add(routes, intent + "/confirm", "confirm", Requests::confirm);
        add(routes, intent + "/capture", "capture", Requests::capture);
        add(routes, intent + "/cancel", "cancel", Requests::cancel);
        add(routes, intent, "update", Requests::update);
        add(routes, "/v1/refunds", "refund", (id, params) -> Requests.refund(params));
        add(routes, "/v1/disputes/{id}/close", "close-dispute", Requests::closeDispute);
    }

    /** One request on its way. */
    private record Write(
            RoutingContext context,
            Params params,
            Entry.Cause cause,
            Drawn drawn,
            BiFunction<String, Params, Command.Request> parse) {

        Entry.Cause cause(TransportFault fault) {
            return fault == TransportFault.NONE
                    ? cause
                    : new Entry.Cause(
                            cause.operation(), cause.key(), cause.fingerprint(), cause.requestId(), fault.label());
        }
    }

    private void add(
            HttpRoutes routes, String path, String operation, BiFunction<String, Params, Command.Request> parse) {
        routes.post(path, MAX_BODY, exchanges.guarded(context -> accept(context, operation, parse)));
    }

    private void accept(RoutingContext context, String operation, BiFunction<String, Params, Command.Request> parse) {
        Params params = Exchanges.form(context);
        String key = context.request().getHeader("Idempotency-Key");
        if (key != null && key.length() > MAX_KEY) {
            throw new ApiErrorException(
                    ApiError.invalid(null, null, "Idempotency keys can have up to " + MAX_KEY + " characters."));
        }
        String requestId = Exchanges.requestId(context);
        Entry.Cause cause = new Entry.Cause(
                operation, key, params.fingerprint(context.request().path()), requestId, null);
        Drawn drawn = faults.request(operation, key == null ? requestId : key);
        Write write = new Write(context, params, cause, drawn, parse);
        switch (drawn.fault()) {
            case RATE_LIMIT ->
                Reply.send(
                        context.response(),
                        psp.refused(write.cause(drawn.fault()), ApiError.tooMany(), clock.millis()),
                        psp.state(),
                        params.elements("expand"));
            case TIMEOUT_BEFORE -> {
                psp.refused(write.cause(drawn.fault()), ApiError.internal(), clock.millis());
                wire.hold(context);
            }
            case NONE, SLOW, TIMEOUT_AFTER, ERROR_BEFORE, ERROR_AFTER, STALL_BODY -> begin(write, key);
        }
    }

    private void begin(Write write, @Nullable String key) {
        if (key != null) {
            Optional<Psp.Outcome> known = psp.begin(write.cause(), key, clock.millis());
            if (known.isPresent()) {
                answer(write, known.get());
                return;
            }
        }
        Command.Request request;
        try {
            request = write.parse().apply(write.context().pathParam("id"), write.params());
        } catch (ApiErrorException e) {
            if (key != null) {
                psp.end(key);
            }
            throw e;
        }
        wire.after(wire.delay(write.drawn()), () -> execute(write, request, key));
    }

    private void execute(Write write, Command.Request request, @Nullable String key) {
        TransportFault fault = write.drawn().fault();
        Psp.Mask mask =
                switch (fault) {
                    case ERROR_AFTER -> Psp.Mask.WITH_EFFECT;
                    case ERROR_BEFORE -> Psp.Mask.WITHOUT_EFFECT;
                    case NONE, SLOW, TIMEOUT_AFTER, TIMEOUT_BEFORE, RATE_LIMIT, STALL_BODY -> null;
                };
        try {
            Psp.Outcome outcome =
                    psp.execute(request, write.cause(fault), write.drawn().fate(), mask, clock.millis());
            if (fault == TransportFault.TIMEOUT_AFTER) {
                wire.hold(write.context());
            } else if (fault == TransportFault.STALL_BODY) {
                Reply.stall(
                        write.context().response(),
                        outcome,
                        psp.state(),
                        write.params().elements("expand"));
                wire.hold(write.context());
            } else {
                answer(write, outcome);
            }
        } catch (RuntimeException e) {
            // The log could not be written, so nothing has happened, and nothing is kept for the key.
            LOG.error("{} failed", write.cause(), e);
            Reply.send(write.context().response(), ApiError.internal());
        } finally {
            if (key != null) {
                psp.end(key);
            }
        }
    }

    private void answer(Write write, Psp.Outcome outcome) {
        Reply.send(
                write.context().response(), outcome, psp.state(), write.params().elements("expand"));
    }
}
