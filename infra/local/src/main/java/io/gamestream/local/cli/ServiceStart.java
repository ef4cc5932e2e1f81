package io.gamestream.local.cli;

import io.gamestream.local.service.ServiceProbe;
import io.gamestream.local.service.Services;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits until the services say that they are ready. */
final class ServiceStart {

    private static final long PAUSE_MS = 100;

    /** A service that isn't ready by then may be restoring much state: the run goes on, and the user is told. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ServiceProbe probe;
    private final Urls urls;
    private final Console console;
    private final Shutdown shutdown;

    ServiceStart(ServiceProbe probe, Urls urls, Console console, Shutdown shutdown) {
        this.probe = probe;
        this.urls = urls;
        this.console = console;
        this.shutdown = shutdown;
    }

    void await(Services services) throws InterruptedException {
        long begin = System.nanoTime();
        Set<String> waiting = new LinkedHashSet<>(services.names());
        while (!waiting.isEmpty()) {
            waiting.removeIf(name -> isReady(name, begin));
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                console.line(String.join(", ", waiting) + " not ready after " + PATIENCE.toSeconds()
                        + " s; see the logs. The run goes on.");
                return;
            }
            if (shutdown.awaitRequested(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                throw new Shutdown.Requested();
            }
        }
    }

    private boolean isReady(String name, long begin) {
        boolean ready = probe.isReady(urls.of(name));
        if (ready) {
            console.line(
                    String.format(Locale.ROOT, "  %-16s ready after %.1f s", name, (System.nanoTime() - begin) / 1e9));
        }
        return ready;
    }
}
