package io.gamestream.runtime.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code http_requests_total}, {@code http_request_duration_seconds} and {@code active_connections}. A route is looked up
 * once, at the start; a request then costs three adders and no lookup, so that the door can serve 100,000 of them a second.
 */
public final class RequestMetrics implements MultiCollector {

    /** The {@code route} label of everything that no route is for: paths that clients make up would be endless labels. */
    static final String UNKNOWN_ROUTE = "unknown";

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
    private static final String OTHER_METHOD = "OTHER";

    private final String service;
    private final Map<Labels, RouteMetrics> routes = new ConcurrentHashMap<>();
    private final LongAdder connections = new LongAdder();

    public RequestMetrics(String service) {
        this.service = service;
    }

    /** The counters of a route; to be kept by the caller. */
    RouteMetrics route(String method, String template) {
        String label = METHODS.contains(method) ? method : OTHER_METHOD;
        return routes.computeIfAbsent(
                Labels.of("method", label, "route", template, "service", service), RouteMetrics::new);
    }

    void connected() {
        connections.increment();
    }

    void disconnected() {
        connections.decrement();
    }

    @Override
    public MetricSnapshots collect() {
        CounterSnapshot.Builder requests =
                CounterSnapshot.builder().name("http_requests").help("Requests answered");
        HistogramSnapshot.Builder durations = HistogramSnapshot.builder()
                .name("http_request_duration_seconds")
                .help("From the request's head to the last byte of its answer");
        routes.values().forEach(route -> route.collect(requests, durations));
        GaugeSnapshot active = GaugeSnapshot.builder()
                .name("active_connections")
                .help("Connections open now")
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("service", service))
                        .value((double) connections.sum())
                        .build())
                .build();
        return MetricSnapshots.of(requests.build(), durations.build(), active);
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of("http_requests", "http_request_duration_seconds", "active_connections");
    }
}
