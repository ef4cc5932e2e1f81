package io.gamestream.bench.sessions;

import io.gamestream.agent.Action;
import io.gamestream.agent.SlotPhase;
import io.gamestream.agent.WantedSession;
import io.gamestream.local.sessions.SimulatedHost;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Games that start at once, whose players leave after a while: slots come back, as many as are taken. */
final class BenchGames implements SimulatedHost.Games {

    private final Vertx vertx;
    private final long playedMs;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong unwanted = new AtomicLong();

    BenchGames(Vertx vertx, Duration played) {
        this.vertx = vertx;
        this.playedMs = played.toMillis();
    }

    @Override
    public void start(SimulatedHost host, WantedSession session) {
        started.incrementAndGet();
        tell(host, session.slot(), session.token(), SlotPhase.RUNNING);
        vertx.setTimer(playedMs, over -> tell(host, session.slot(), session.token(), SlotPhase.IDLE));
    }

    @Override
    public void stop(SimulatedHost host, Action.Stop stop) {
        unwanted.incrementAndGet();
        tell(host, stop.slot(), stop.token(), SlotPhase.IDLE);
    }

    /** Sessions that hosts have run. */
    long started() {
        return started.get();
    }

    /** Sessions that a host was told to stop: nobody asks for that here. */
    long unwanted() {
        return unwanted.get();
    }

    private static void tell(SimulatedHost host, int slot, long token, SlotPhase phase) {
        boolean counts = host.report(slot, token, phase);
        if (!counts && phase == SlotPhase.RUNNING) {
            throw new IllegalStateException("host " + host.id() + " has another session in slot " + slot);
        }
    }
}
