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

    /** A host's clock is wrong by that much at most. */
    private static final int MOST_SKEW_MS = 30_000;

    /**
     * What hosts are like.
     *
     * @param classes the GPU classes of a cell's hosts in turn; cells that aren't named have those that the world's games need
     * @param wrongClocks whether their clocks are up to half a minute wrong
     * @param witness sees what they do
     */
    public record Nature(Map<String, List<String>> classes, boolean wrongClocks, Witness witness) {

        public static final Nature USUAL = new Nature(Map.of(), false, Witness.NOBODY);

        List<String> classesOf(String cell) {
            return classes.getOrDefault(cell, CLASSES);
        }

        /** Ahead by as much as the next one is behind. */
        long skew(int number) {
            return wrongClocks ? (number % 2 == 0 ? MOST_SKEW_MS : -MOST_SKEW_MS) : 0;
        }
    }

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
        Map<String, List<String>> byCell = new HashMap<>();
        if (!classes.isEmpty()) {
            sites.forEach(site -> byCell.put(site.cell(), classes));
        }
        Nature nature = new Nature(byCell, false, Witness.NOBODY);
        return start(new RouterClient(vertx, router, 1), router, sites, settings, nature, games);
    }

    /** The same of hosts that are not as usual. */
    static HostFleet start(
            RouterClient router,
            URI nominal,
            List<Site> sites,
            Hosts settings,
            Nature nature,
            SimulatedHost.Games games) {
        Vertx vertx = router.vertx();
        HostFleet fleet = new HostFleet(vertx, router);
        fleet.make(nominal, sites, settings, nature, games);
        long all = Math.max(1, fleet.hosts.size());
        for (int i = 0; i < fleet.hosts.size(); i++) {
            SimulatedHost host = fleet.hosts.get(i);
            vertx.setTimer(1 + settings.every().toMillis() * i / all, due -> host.boot(now()));
        }
        fleet.ticking = vertx.setPeriodic(TICK_MS, tick -> fleet.tick());
        return fleet;
    }

    private void make(URI address, List<Site> sites, Hosts settings, Nature nature, SimulatedHost.Games games) {
        for (Site site : sites) {
            List<String> classes = nature.classesOf(site.cell());
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
                SimulatedHost host = new SimulatedHost(
                        router, games, one, settings.promptly(), nature.witness(), nature.skew(hosts.size()));
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

    /** Milliseconds of the one clock of all hosts and players, which never goes back; not since 1970. */
    public static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
