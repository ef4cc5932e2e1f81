package io.gamestream.local.cli;

import io.gamestream.local.service.ServiceProbe;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Which services are not ready yet; tells of each when it is. */
final class ServiceStart {

    /** A service that isn't ready by then may be restoring much state: the run goes on, and the user is told. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final long PAUSE_MS = 100;

    private final ServiceProbe probe;
    private final Urls urls;
    private final Console console;
    private final Set<String> waiting;
    private final long begin = System.nanoTime();

    ServiceStart(ServiceProbe probe, Urls urls, Console console, List<String> services) {
        this.probe = probe;
        this.urls = urls;
        this.console = console;
        this.waiting = new LinkedHashSet<>(services);
    }

    /** Returns when all are ready, or when the time is over. */
    void await(Shutdown shutdown, Duration patience) throws InterruptedException {
        while (!allReady() && System.nanoTime() - begin < patience.toNanos()) {
            if (shutdown.awaitRequested(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                throw new Shutdown.Requested();
            }
        }
    }

    /** Looks at those that were not ready; who has been ready once is the status line's business. */
    boolean allReady() {
        waiting.removeIf(this::isReady);
        return waiting.isEmpty();
    }

    /** Such as {@code catalog (streams: restoring), cdc (no answer)}: those that were not ready at the last look. */
    String missing() {
        return waiting.stream()
                .map(name -> name + " (" + probe.whyNotReady(urls.of(name)) + ")")
                .collect(Collectors.joining(", "));
    }

    private boolean isReady(String name) {
        boolean ready = probe.isReady(urls.of(name));
        if (ready) {
            console.line(
                    String.format(Locale.ROOT, "  %-16s ready after %.1f s", name, (System.nanoTime() - begin) / 1e9));
        }
        return ready;
    }
}
