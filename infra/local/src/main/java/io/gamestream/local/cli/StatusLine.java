package io.gamestream.local.cli;

import io.gamestream.local.process.ProcessTree;
import io.gamestream.local.service.PrometheusText;
import io.gamestream.local.service.ServiceProbe;
import io.gamestream.local.service.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How everything is, in one line, from what the services tell about themselves. */
final class StatusLine {

    private static final String REQUESTS = "http_requests_total";

    /** Readers' routes; how we and others ask for the service's health is no news. */
    private static final String READERS = "/v1";

    private final ServiceProbe probe;
    private final Urls urls;
    private final Services services;
    private final World world;

    StatusLine(ServiceProbe probe, Urls urls, Services services, World world) {
        this.probe = probe;
        this.urls = urls;
        this.services = services;
        this.world = world;
    }

    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(cdc());
        parts.add(http());
        if (services.restarts() > 0) {
            parts.add(services.restarts() + " restarts");
        }
        parts.add(String.format(Locale.ROOT, "%,d MB", ProcessTree.current().pssBytes() >> 20));
        // Last: it is long, and a narrow terminal cuts it.
        if (!world.status().isEmpty()) {
            parts.add(world.status());
        }
        return String.join(" | ", parts);
    }

    private String cdc() {
        Optional<PrometheusText> metrics = metrics("cdc");
        if (metrics.isEmpty()) {
            return "cdc: no answer";
        }
        return String.format(
                Locale.ROOT,
                "captured %,.0f rows, lag %,.0f ms",
                metrics.get().sum("cdc_rows_total", Map.of()) + metrics.get().sum("cdc_snapshot_rows_total", Map.of()),
                metrics.get().max("cdc_lag_ms").orElse(0));
    }

    private String http() {
        Optional<PrometheusText> metrics = metrics("serving-api");
        if (metrics.isEmpty()) {
            return "serving: no answer";
        }
        double all = metrics.get().sum(REQUESTS, Map.of("route", READERS));
        double failed = metrics.get().sum(REQUESTS, Map.of("route", READERS, "status_code", "5"));
        return String.format(Locale.ROOT, "HTTP %,.0f ok, %,.0f failed", all - failed, failed);
    }

    private Optional<PrometheusText> metrics(String service) {
        return services.names().contains(service) ? probe.metrics(urls.of(service)) : Optional.empty();
    }
}
