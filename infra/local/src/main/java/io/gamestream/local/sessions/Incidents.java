package io.gamestream.local.sessions;

import io.gamestream.local.sessions.SessionWorldSettings.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong, and when: a Poisson process of each kind. No clock, no chance of its own. */
final class Incidents {

    private static final int MOST_FLAPS = 3;

    /**
     * One of them.
     *
     * @param after the beginning
     */
    record Planned(Duration after, Incident incident) {}

    private enum Kind {
        CRASH,
        DRAIN,
        FLAP
    }

    private final Trouble settings;
    private final int hosts;

    /** @param hosts how many there are, at least one */
    Incidents(Trouble settings, int hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    /** All that happen within that time, in order. */
    List<Planned> plan(SplittableRandom random, Duration within) {
        List<Planned> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Duration every = every(kind);
            if (every.isZero()) {
                continue;
            }
            // The first one soon, so that a short run shows each kind.
            long at = every.toMillis() / 3 + (long) (every.toMillis() / 3.0 * random.nextDouble());
            while (at < within.toMillis()) {
                all.add(new Planned(Duration.ofMillis(at), incident(kind, random)));
                at += (long) (every.toMillis() * Wishes.exponential(random)) + 1;
            }
        }
        all.sort((a, b) -> a.after().compareTo(b.after()));
        return all;
    }

    private Duration every(Kind kind) {
        return switch (kind) {
            case CRASH -> settings.crashEvery();
            case DRAIN -> settings.drainEvery();
            case FLAP -> settings.flapEvery();
        };
    }

    private Incident incident(Kind kind, SplittableRandom random) {
        int host = random.nextInt(hosts);
        return switch (kind) {
            case CRASH -> new Incident.Crash(host, settings.crashLasts());
            case DRAIN -> new Incident.Drain(host, settings.drainPatience());
            case FLAP -> new Incident.Flap(host, 1 + random.nextInt(MOST_FLAPS), settings.flapLasts());
        };
    }
}
