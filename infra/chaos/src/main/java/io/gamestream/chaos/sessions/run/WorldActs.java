package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.sessions.plan.Plan.Planned;
import io.gamestream.chaos.sessions.run.Gaps.Excuse;
import io.gamestream.local.sessions.HostFleet;
import io.gamestream.local.sessions.Incident;
import io.gamestream.local.sessions.SessionWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets things go wrong with hosts and players. One act at a time; some go on after it has returned. */
final class WorldActs {

    private static final Duration DEAD = Duration.ofSeconds(8);

    /** Longer than the lease: the host has to stop by itself. */
    private static final Duration CUT = Haste.LEASE.plusSeconds(6);

    /** Shorter: what it runs must survive, under the host's new address. */
    private static final Duration SHORT_CUT = Haste.LEASE.minusSeconds(3);

    /** Longer than the detector waits, shorter than the lease. */
    private static final Duration SILENCE = Duration.ofMillis(3_500);

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration LOST = Duration.ofSeconds(10);

    /** Until hosts of a lost region are trusted again. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private static final Duration RUSH = Duration.ofSeconds(8);
    private static final double TEN_TIMES = 10;
    private static final int HOSTS = 14;
    private static final int FLAPS = 3;

    private final Crowd crowd;
    private final List<Excuse> excuses = new ArrayList<>();

    WorldActs(Crowd crowd) {
        this.crowd = crowd;
    }

    /** Cells that could grant nothing for a while. */
    List<Excuse> excuses() {
        return excuses;
    }

    void perform(Planned planned) throws InterruptedException {
        SessionWorld world = crowd.world();
        int host = planned.pick(HOSTS);
        switch (planned.act()) {
            case CRASH_HOSTS -> {
                world.happens(new Incident.Crash(host, DEAD));
                world.happens(new Incident.Crash(host + HOSTS / 2, DEAD));
            }
            case CUT_HOSTS -> {
                world.happens(new Incident.Cut(host, CUT));
                world.happens(new Incident.Cut(host + HOSTS / 2, SHORT_CUT));
            }
            case FLAP_HOSTS -> {
                world.happens(new Incident.Flap(host, FLAPS, SILENCE));
                world.happens(new Incident.Flap(host + HOSTS / 2, 1, SILENCE));
            }
            case DRAIN -> {
                world.happens(new Incident.Drain(host, PATIENCE));
                world.happens(new Incident.Drain(host + 1, PATIENCE));
            }
            case LOSE_REGION -> {
                String cell = Crowd.CELLS.get(planned.pick(Crowd.CELLS.size()));
                long now = HostFleet.now();
                excuses.add(new Excuse(cell, now, now + LOST.plus(AFTERWARDS).toMillis()));
                world.happens(new Incident.RegionLoss(cell, LOST));
            }
            case SPIKE -> {
                world.rush(TEN_TIMES);
                Thread.sleep(RUSH.toMillis());
                world.rush(1);
            }
            case CANCEL_STORM -> {
                crowd.storm(true);
                Thread.sleep(RUSH.toMillis());
                crowd.storm(false);
            }
            case PARTY -> crowd.eightForSeven(planned.number());
            case KILL_SESSIONS,
                    KILL_ALL_SESSIONS,
                    KILL_ROUTER,
                    KILL_BROKER,
                    ZOMBIE,
                    PAUSE,
                    ROLLING_RESTART,
                    EMPTY_DISK,
                    STOP_TICKER,
                    REDIS_AWAY,
                    POISON ->
                throw new IllegalArgumentException("act: " + planned.act() + " (expected: one of the world)");
        }
    }
}
