package io.gamestream.runtime.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes of the form {@code GET /prefix/{id}} by one hash lookup, in front of the router, which costs several microseconds
 * per request; everything else falls through to it.
 */
final class HotPaths implements Handler<HttpServerRequest> {

    private record Hot(
            String template,
            HotHandler handler,
            RouteMetrics metrics,
            @Nullable ApiOperation operation) {}

    private final Handler<HttpServerRequest> rest;
    private final Map<String, Hot> byPrefix = new HashMap<>();
    private final Set<String> literals = new HashSet<>();

    HotPaths(Handler<HttpServerRequest> rest) {
        this.rest = rest;
    }

    /** @param operation that queries are checked by; null takes any */
    void add(String template, HotHandler handler, RouteMetrics metrics, @Nullable ApiOperation operation) {
        int slash = template.lastIndexOf('/');
        String prefix = template.substring(0, slash + 1);
        if (!template.startsWith("{", slash + 1) || !template.endsWith("}") || prefix.contains("{")) {
            throw new IllegalArgumentException("hot route: " + template + " (expected: /prefix/{id})");
        }
        byPrefix.put(prefix, new Hot(template, handler, metrics, operation));
    }

    /** A path that looks like an item and isn't one, such as /v1/games/search. */
    void exclude(String literal) {
        literals.add(literal);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = request.path();
        int slash = path == null ? -1 : path.lastIndexOf('/');
        if (path == null || slash < 0 || slash == path.length() - 1 || !HttpMethod.GET.equals(request.method())) {
            rest.handle(request);
            return;
        }
        Hot hot = byPrefix.get(path.substring(0, slash + 1));
        if (hot == null || literals.contains(path)) {
            rest.handle(request);
            return;
        }
        answer(hot, request, path.substring(slash + 1));
    }

    private static void answer(Hot hot, HttpServerRequest request, String segment) {
        long start = System.nanoTime();
        request.response().endHandler(ended -> hot.metrics()
                .record(request.response().getStatusCode(), System.nanoTime() - start));
        try {
            checkQuery(hot, request);
            hot.handler().handle(request, decode(segment));
        } catch (RuntimeException e) {
            Problems.send(request.response(), Problems.of(e, "GET " + hot.template()));
        }
    }

    /** Nearly no read of an item has a query, and this one costs such a read nothing. */
    private static void checkQuery(Hot hot, HttpServerRequest request) {
        String query = request.query();
        if (query != null && !query.isEmpty() && hot.operation() != null) {
            hot.operation().check(request.params());
        }
    }

    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            // In a path, unlike in a form, a plus is a plus.
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badParameter("id", segment + " (expected: a percent-encoded id)"));
        }
    }
}
