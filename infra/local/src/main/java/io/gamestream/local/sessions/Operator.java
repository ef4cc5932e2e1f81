package io.gamestream.local.sessions;

import io.gamestream.local.sessions.SessionNews.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets incidents happen to hosts, and takes hosts out of service and back as an operator does. On the event loop. */
final class Operator {

    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MS = 1_000;
    private static final long REBOOT_MS = 3_000;
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Scene scene;
    private final Set<SimulatedHost> troubled = new HashSet<>();

    Operator(Scene scene) {
        this.scene = scene;
    }

    /** Lets it happen, unless the host has trouble enough. */
    void happens(Incident incident) {
        if (incident instanceof Incident.RegionLoss loss) {
            lose(loss);
            return;
        }
        SimulatedHost host = busyFrom(((Incident.OfHost) incident).host());
        if (!host.isUp() || !troubled.add(host)) {
            return;
        }
        if (incident instanceof Incident.Crash crash) {
            crash(host, crash);
        } else if (incident instanceof Incident.Drain drain) {
            drain(host, drain);
        } else if (incident instanceof Incident.Flap flap) {
            say(host.id() + " falls silent " + flap.times() + " x "
                    + flap.lasts().toSeconds() + " s, with " + sessions(host.busy()) + " that must go on");
            flap(host, flap.times(), flap.lasts());
        } else if (incident instanceof Incident.Cut cut) {
            cut(host, cut);
        }
    }

    private void lose(Incident.RegionLoss loss) {
        say(loss.cellId() + " is lost");
        for (SimulatedHost host : scene.fleet().hosts()) {
            if (host.cell().equals(loss.cellId()) && host.isUp() && troubled.add(host)) {
                crash(host, new Incident.Crash(0, loss.lasts()));
            }
        }
    }

    private void cut(SimulatedHost host, Incident.Cut cut) {
        say(host.id() + " is cut off from everybody, with " + sessions(host.busy()) + " that it streams");
        host.cutOff();
        after(cut.lasts().toMillis(), () -> {
            host.mend();
            troubled.remove(host);
            say(host.id() + " is reachable again");
        });
    }

    /** The next host that runs something: trouble with the others is seen by nobody. */
    private SimulatedHost busyFrom(int first) {
        List<SimulatedHost> hosts = scene.fleet().hosts();
        for (int i = 0; i < hosts.size(); i++) {
            SimulatedHost host = hosts.get((first + i) % hosts.size());
            if (host.busy() > 0 && !troubled.contains(host)) {
                return host;
            }
        }
        return hosts.get(first);
    }

    private void crash(SimulatedHost host, Incident.Crash crash) {
        say(host.id() + " dies with " + sessions(host.busy()) + " on it");
        host.crash();
        after(crash.lasts().toMillis(), () -> {
            host.boot(HostFleet.now());
            troubled.remove(host);
            say(host.id() + " has started anew");
        });
    }

    private void drain(SimulatedHost host, Incident.Drain drain) {
        String body = "{\"cellId\":\"" + host.cell() + "\",\"evictAfterMs\":"
                + drain.patience().toMillis() + "}";
        scene.router()
                .post("/v1/hosts/" + host.id() + "/drain", body, JSON, PATIENCE)
                .onComplete(answer -> {
                    if (answer.succeeded() && answer.result().status() == 202) {
                        say(host.id() + " is drained: " + sessions(host.busy()) + " go on, for "
                                + drain.patience().toSeconds() + " s at most; nothing new");
                        awaitEmpty(host, HostFleet.now());
                    } else {
                        LOG.info("host {} can't be drained now: {}", host.id(), answer);
                        troubled.remove(host);
                    }
                });
    }

    private void awaitEmpty(SimulatedHost host, long since) {
        if (host.busy() > 0) {
            after(LOOK_EVERY_MS, () -> awaitEmpty(host, since));
            return;
        }
        say(host.id() + " is empty after " + (HostFleet.now() - since) / 1_000 + " s, and is maintained");
        host.crash();
        after(REBOOT_MS, () -> {
            host.boot(HostFleet.now());
            intoService(host);
        });
    }

    private void intoService(SimulatedHost host) {
        scene.router()
                .delete("/v1/hosts/" + host.id() + "/drain?cellId=" + host.cell(), PATIENCE)
                .onComplete(answer -> {
                    if (answer.succeeded() && answer.result().status() == 202) {
                        say(host.id() + " is back in service");
                        troubled.remove(host);
                    } else {
                        after(LOOK_EVERY_MS, () -> intoService(host));
                    }
                });
    }

    private void flap(SimulatedHost host, int times, Duration lasts) {
        if (times == 0) {
            troubled.remove(host);
            return;
        }
        host.mute(HostFleet.now() + lasts.toMillis());
        after(2 * lasts.toMillis(), () -> flap(host, times - 1, lasts));
    }

    /** Hosts that something is wrong with, or that are out of service. */
    int troubled() {
        return troubled.size();
    }

    private void after(long ms, Runnable what) {
        scene.router().vertx().setTimer(Math.max(1, ms), due -> what.run());
    }

    private void say(String line) {
        scene.news().tell(Kind.TROUBLE, line);
    }

    private static String sessions(int count) {
        return count == 1 ? "1 session" : count + " sessions";
    }
}
