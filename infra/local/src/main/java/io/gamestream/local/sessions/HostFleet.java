package io.gamestream.local.sessions;

import io.gamestream.agent.HostSettings;
import io.gamestream.local.sessions.SessionWorldSettings.Hosts;
import io.gamestream.local.sessions.SessionWorldSettings.Site;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All hosts of some sites, on one event loop; all methods but {@link #start} belong there too. */
public final class HostFleet {

    private static final long TICK_MS = 100;

    /** Half of all games run on any host, and a sixth needs the best: out of six hosts of a site. */
    private static final List<String> CLASSES =
            List.of("STANDARD", "PERFORMANCE", "STANDARD", "ULTRA", "STANDARD", "PERFORMANCE");

    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final Map<String, SimulatedHost> byId = new HashMap<>();
    private final Vertx vertx;
    private final RouterClient router;
    private long ticking;

    private HostFleet(Vertx vertx, RouterClient router) {
        this.vertx = vertx;
        this.router = router;
    }

    /**
     * Boots all hosts, spread over the time between two beats.
     *
     * @param classes the GPU classes of each site's hosts in turn; empty for those that the world's games need
     */
    public static HostFleet start(
            Vertx vertx,
            URI router,
            List<Site> sites,
            Hosts settings,
            List<String> classes,
            SimulatedHost.Games games) {
        HostFleet fleet = new HostFleet(vertx, new RouterClient(vertx, router, 1));
        fleet.make(router, sites, settings, classes.isEmpty() ? CLASSES : classes, games);
        long all = Math.max(1, fleet.hosts.size());
        for (int i = 0; i < fleet.hosts.size(); i++) {
            SimulatedHost host = fleet.hosts.get(i);
            vertx.setTimer(1 + settings.every().toMillis() * i / all, due -> host.boot(now()));
        }
        fleet.ticking = vertx.setPeriodic(TICK_MS, tick -> fleet.tick());
        return fleet;
    }

    private void make(URI address, List<Site> sites, Hosts settings, List<String> classes, SimulatedHost.Games games) {
        for (Site site : sites) {
            for (int i = 0; i < site.hosts(); i++) {
                HostSettings one = new HostSettings(
                        address,
                        site.cell() + "-h" + (i + 1),
                        site.cell(),
                        "",
                        classes.get(i % classes.size()),
                        settings.slots(),
                        settings.every(),
                        settings.lease());
                SimulatedHost host = new SimulatedHost(router, games, one, settings.promptly());
                hosts.add(host);
                byId.put(host.id(), host);
            }
        }
    }

    /** No host beats any more. */
    public void stop() {
        vertx.cancelTimer(ticking);
        router.close();
    }

    List<SimulatedHost> hosts() {
        return hosts;
    }

    @Nullable
    SimulatedHost find(String hostId) {
        return byId.get(hostId);
    }

    /** Those that run. */
    public int up() {
        return (int) hosts.stream().filter(SimulatedHost::isUp).count();
    }

    /** Sessions by the hosts' own word. */
    public int busy() {
        return hosts.stream().mapToInt(SimulatedHost::busy).sum();
    }

    private void tick() {
        long now = now();
        hosts.forEach(host -> host.tick(now));
    }

    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
