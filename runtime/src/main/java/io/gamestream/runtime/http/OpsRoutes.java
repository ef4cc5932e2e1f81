package io.gamestream.runtime.http;

import io.gamestream.runtime.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** {@code /healthz}, {@code /readyz}, {@code /metrics} and {@code /openapi.json}. */
final class OpsRoutes {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Vertx vertx;
    private final Readiness readiness;
    private final Metrics metrics;
    private final ApiDocument api;

    OpsRoutes(Vertx vertx, Readiness readiness, Metrics metrics, ApiDocument api) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.metrics = metrics;
        this.api = api;
    }

    void addTo(HttpRoutes routes) {
        routes.get("/healthz", context -> Json.send(context.response(), 200, Map.of("status", "up")));
        routes.get("/readyz", this::ready);
        routes.get("/metrics", this::scrape);
        Buffer document = api.json();
        routes.get("/openapi.json", context -> {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, Json.MEDIA_TYPE);
            context.response().end(document);
        });
    }

    /** Checks may wait for locks, so they are kept off the event loops. */
    private void ready(RoutingContext context) {
        vertx.executeBlocking(readiness::report, false)
                .onSuccess(report -> Json.send(context.response(), report.ready() ? 200 : 503, report.body()))
                .onFailure(context::fail);
    }

    private void scrape(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT_FORMAT;
        vertx.executeBlocking(() -> metrics.scrape(type), false)
                .onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, type)
                        .end(text))
                .onFailure(context::fail);
    }
}
