package io.gamestream.local.psp.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.ApiErrorException;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.PspState;
import io.gamestream.local.psp.core.Shelf;
import io.gamestream.local.psp.engine.LoggedEvent;
import io.gamestream.local.psp.engine.Psp;
import io.gamestream.local.psp.fault.FaultPlan;
import io.gamestream.local.psp.fault.Script;
import io.gamestream.local.psp.fault.TransportFault;
import io.gamestream.runtime.http.HttpRoutes;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reads: single objects, lists, and a search of payment intents by one metadata value. */
final class ReadRoutes {

    private static final Pattern METADATA = Pattern.compile("metadata\\['([^']+)'\\]:'([^']*)'");
    private static final Set<String> PAGING = Set.of("limit", "starting_after", "ending_before", "created", "expand");

    private static final String INTENT = "payment_intent";
    private static final String STALLED = "stalled";

    private final Psp psp;
    private final FaultPlan faults;
    private final Wire wire;
    private final Exchanges exchanges;

    ReadRoutes(Psp psp, FaultPlan faults, Wire wire, Exchanges exchanges) {
        this.psp = psp;
        this.faults = faults;
        this.wire = wire;
        this.exchanges = exchanges;
    }

    void addTo(HttpRoutes routes) {
        PspState state = psp.state();
        routes.get("/v1/payment_intents/search", guarded(this::search));
        routes.get("/v1/events", guarded(this::events));
        routes.get("/v1/events/{id}", guarded(this::event));
        kind(
                routes,
                "payment_intent",
                "/v1/payment_intents",
                state.intents(),
                null,
                Set.of("customer"),
                (intent, params) -> true);
        kind(routes, "charge", "/v1/charges", state.charges(), INTENT, Set.of(), (charge, params) -> true);
        kind(
                routes,
                "refund",
                "/v1/refunds",
                state.refunds(),
                INTENT,
                Set.of("charge"),
                (refund, params) -> isOrAny(params.text("charge"), refund.charge()));
        kind(
                routes,
                "dispute",
                "/v1/disputes",
                state.disputes(),
                INTENT,
                Set.of("charge"),
                (dispute, params) -> isOrAny(params.text("charge"), dispute.charge()));
        kind(
                routes,
                "balance_transaction",
                "/v1/balance_transactions",
                state.rows(),
                "source",
                Set.of("type", "currency"),
                (row, params) ->
                        isOrAny(params.text("type"), row.type()) && isOrAny(params.text("currency"), row.currency()));
    }

    /** One kind of object; {@code group} is the parameter by which its shelf is grouped. */
    private <T extends PspObject> void kind(
            HttpRoutes routes,
            String name,
            String path,
            Shelf<T> shelf,
            @Nullable String group,
            Set<String> filters,
            BiPredicate<T, Params> filter) {
        Set<String> known = new HashSet<>(PAGING);
        known.addAll(filters);
        if (group != null) {
            known.add(group);
        }
        routes.get(path, guarded(context -> {
            Params params = Exchanges.query(context);
            params.allowOnly(known);
            Predicate<T> wanted = thing -> filter.test(thing, params);
            String of = group == null ? null : params.text(group);
            send(context, Lists.page(shelf, of, params, path, wanted, PspObject::created, StripeJson::of));
        }));
        routes.get(path + "/{id}", guarded(context -> {
            String id = context.pathParam("id");
            T found = shelf.get(id).orElseThrow(() -> new ApiErrorException(ApiError.missing(name, id, "id")));
            List<String> expand = Exchanges.query(context).elements("expand");
            send(context, Reply.expanded(StripeJson.of(found), psp.state()::expansion, expand));
        }));
    }

    private void events(RoutingContext context) {
        Params params = Exchanges.query(context);
        Set<String> known = new HashSet<>(PAGING);
        known.addAll(Set.of("type", "types", "delivery_success"));
        params.allowOnly(known);
        String type = params.text("type");
        List<String> types = params.elements("types");
        boolean filtered = params.text("delivery_success") != null;
        boolean delivered = filtered && params.flag("delivery_success");
        Predicate<LoggedEvent> wanted = logged -> isOrAny(type, logged.event().type())
                && (types.isEmpty() || types.contains(logged.event().type()))
                && (!filtered || logged.delivered() == delivered);
        send(
                context,
                Lists.page(
                        psp.events(),
                        null,
                        params,
                        "/v1/events",
                        wanted,
                        logged -> logged.event().created(),
                        this::render));
    }

    private void event(RoutingContext context) {
        String id = context.pathParam("id");
        LoggedEvent found =
                psp.events().get(id).orElseThrow(() -> new ApiErrorException(ApiError.missing("event", id, "id")));
        send(context, render(found));
    }

    private ObjectNode render(LoggedEvent logged) {
        PspObject object = psp.changeOf(logged).object(logged.event().object());
        return StripeJson.event(logged.event(), object, !logged.ended());
    }

    private void search(RoutingContext context) {
        Params params = Exchanges.query(context);
        params.allowOnly(Set.of("query", "limit", "page", "expand"));
        String query = params.required("query");
        Matcher matcher = METADATA.matcher(query);
        if (!matcher.matches()) {
            throw new ApiErrorException(ApiError.invalid(
                    null, "query", "The simulator searches by metadata['key']:'value' and nothing else: " + query));
        }
        String key = matcher.group(1);
        String value = matcher.group(2);
        List<JsonNode> rows = psp.state()
                .intents()
                .newestFirst(PspState.ORDER_ID.equals(key) ? value : null, null)
                .filter(intent -> value.equals(intent.metadata().get(key)))
                .limit(Lists.limit(params))
                .<JsonNode>map(StripeJson::of)
                .toList();
        ObjectNode page = Lists.list("/v1/payment_intents/search", rows, false);
        page.put("object", "search_result");
        page.putNull("next_page");
        send(context, page);
    }

    private static boolean isOrAny(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }

    /** A read that goes wrong as often as a write; it has no effect, so before and after it are one. */
    private Handler<RoutingContext> guarded(Handler<RoutingContext> read) {
        return exchanges.guarded(context -> {
            FaultPlan.Drawn drawn =
                    faults.request(Script.READ, context.request().uri());
            switch (drawn.fault()) {
                case RATE_LIMIT -> Reply.send(context.response(), ApiError.tooMany());
                case TIMEOUT_BEFORE, TIMEOUT_AFTER -> wire.hold(context);
                case ERROR_BEFORE, ERROR_AFTER ->
                    wire.after(wire.delay(drawn), () -> Reply.send(context.response(), ApiError.internal()));
                case NONE, SLOW, STALL_BODY -> {
                    context.put(STALLED, drawn.fault() == TransportFault.STALL_BODY);
                    wire.after(wire.delay(drawn), () -> Exchanges.attempt(context, () -> read.handle(context)));
                }
            }
        });
    }

    private void send(RoutingContext context, ObjectNode body) {
        if (context.<Boolean>get(STALLED)) {
            Reply.stall(context.response(), 200, body);
            wire.hold(context);
        } else {
            Reply.send(context.response(), 200, body);
        }
    }
}
