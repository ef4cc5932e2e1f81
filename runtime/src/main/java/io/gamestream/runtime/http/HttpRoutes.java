package io.gamestream.runtime.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a service. Templates are written as in OpenAPI, {@code /v1/games/{id}}, and are the {@code route} label of
 * the metrics. A handler may throw {@link ProblemException}; any other exception is a 500. Literal paths win over templates
 * when they are added first.
 *
 * <p>Where the service has an {@link ApiDocument}, each route must be in it and everything in it must be a route, and a query that
 * it does not allow is refused before the handler; see {@link Parameters}.
 */
public final class HttpRoutes {

    private final Router router;
    private final RequestMetrics metrics;
    private final HotPaths hot;
    private final @Nullable ApiDocument document;
    private final Map<String, Set<String>> methods = new TreeMap<>();
    private final Map<String, String> expressions = new LinkedHashMap<>();

    HttpRoutes(Router router, RequestMetrics metrics, @Nullable ApiDocument document) {
        this.router = router;
        this.metrics = metrics;
        this.document = document;
        this.hot = new HotPaths(router);
    }

    public void get(String template, Handler<RoutingContext> handler) {
        add(HttpMethod.GET, template, handler);
    }

    public void delete(String template, Handler<RoutingContext> handler) {
        add(HttpMethod.DELETE, template, handler);
    }

    /**
     * A write.
     *
     * @param maxBodyBytes a larger body is refused with 413
     */
    public void post(String template, long maxBodyBytes, Handler<RoutingContext> handler) {
        Route route = route(HttpMethod.POST, template);
        route.handler((PlatformHandler) context -> {
            Problems.keepLimit(context, maxBodyBytes);
            context.next();
        });
        route.handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
        route.handler(handler);
    }

    /** A read of one item, {@code GET /prefix/{id}}, past the router. Literal paths below the prefix keep their own routes. */
    public void hot(String template, HotHandler handler) {
        note("GET", template);
        hot.add(template, handler, metrics.route("GET", template), described("GET", template));
    }

    /** @throws IllegalStateException where the document describes what there is not */
    Handler<HttpServerRequest> build() {
        if (document != null && !document.methods().equals(methods)) {
            throw new IllegalStateException(
                    "the OpenAPI document describes " + document.methods() + ", and the routes are " + methods);
        }
        List<String> literals = new ArrayList<>(methods.keySet());
        literals.removeIf(template -> template.contains("{"));
        literals.forEach(hot::exclude);
        // Behind every route: the path is known, the method isn't.
        methods.forEach(
                (template, allowed) -> router.route(expression(template)).handler(context -> {
                    unknown(context);
                    Problems.handleWrongMethod(context, allowed);
                }));
        for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 500}) {
            router.errorHandler(status, context -> {
                unknown(context);
                Problems.handleFailure(context, status);
            });
        }
        return hot;
    }

    private void add(HttpMethod method, String template, Handler<RoutingContext> handler) {
        route(method, template).handler(handler);
    }

    private Route route(HttpMethod method, String template) {
        note(method.name(), template);
        RouteMetrics counters = metrics.route(method.name(), template);
        ApiOperation operation = described(method.name(), template);
        return router.route(method, expression(template))
                .failureHandler(Problems::handleFailure)
                .handler((PlatformHandler) context -> {
                    count(context, counters);
                    if (operation != null) {
                        new Parameters(operation, context.queryParams()).keepIn(context);
                    }
                    context.next();
                });
    }

    private @Nullable ApiOperation described(String method, String template) {
        return document == null ? null : document.operation(method, template);
    }

    private void note(String method, String template) {
        methods.computeIfAbsent(template, key -> new TreeSet<>()).add(method);
    }

    private String expression(String template) {
        return expressions.computeIfAbsent(
                template, key -> key.replace('{', ':').replace("}", ""));
    }

    private void unknown(RoutingContext context) {
        count(context, metrics.route(context.request().method().name(), RequestMetrics.UNKNOWN_ROUTE));
    }

    private static void count(RoutingContext context, RouteMetrics counters) {
        long start = System.nanoTime();
        context.addEndHandler(ended -> counters.record(context.response().getStatusCode(), System.nanoTime() - start));
    }
}
