package io.gamestream.local.sessions;

import io.gamestream.agent.Action;
import io.gamestream.agent.PlayerTickets;
import io.gamestream.agent.SlotPhase;
import io.gamestream.agent.WantedSession;
import io.gamestream.local.sessions.SessionWorldSettings.Hosts;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hosts run, as long as players want it: a game starts when its player shows a good ticket. Knows by the hosts' own word
 * whether a session runs twice.
 */
final class PlayedGames implements SimulatedHost.Games {

    private static final Logger LOG = LoggerFactory.getLogger(PlayedGames.class);
    private static final String ISSUER = "gamestream";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Times of a start: whoever connects at once is there before. */
    private static final int READY_AFTER = 3;

    /** A session on a host. */
    private record Running(SimulatedHost host, int slot, long token) {

        boolean lives() {
            return host.has(slot, token);
        }
    }

    private final Vertx vertx;
    private final RouterClient router;
    private final Hosts settings;
    private final SessionTally tally;
    private final Map<String, Running> sessions = new HashMap<>();
    private final Map<String, PlayerTickets> checks = new HashMap<>();
    private String keys = "";
    private boolean asking;

    PlayedGames(RouterClient router, Hosts settings, SessionTally tally) {
        this.vertx = router.vertx();
        this.router = router;
        this.settings = settings;
        this.tally = tally;
    }

    @Override
    public void start(SimulatedHost host, WantedSession session) {
        Running before = sessions.put(session.sessionId(), new Running(host, session.slot(), session.token()));
        if (before != null && before.lives() && !before.host().equals(host)) {
            tally.runsTwice();
            LOG.error(
                    "session {} runs on {} and on {}",
                    session.sessionId(),
                    before.host().id(),
                    host.id());
        }
        waitForPlayer(host, session);
    }

    /** The game is up, and nobody has come to play it. */
    private void waitForPlayer(SimulatedHost host, WantedSession session) {
        vertx.setTimer(READY_AFTER * Math.max(1, settings.starting().toMillis()), up -> {
            boolean starts = host.has(session.slot(), session.token())
                    && host.slots().get(session.slot()).phase() == SlotPhase.STARTING;
            if (starts) {
                host.report(session.slot(), session.token(), SlotPhase.WAITING);
            }
        });
    }

    @Override
    public void stop(SimulatedHost host, Action.Stop stop) {
        sessions.remove(stop.sessionId(), new Running(host, stop.slot(), stop.token()));
        clean(host, stop.slot(), stop.token());
    }

    /**
     * A player shows a ticket at a host.
     *
     * @return false where the host doesn't know of the session yet, or the ticket can't be checked now
     */
    boolean connect(SimulatedHost host, String ticket) {
        if (!host.isUp() || keys.isEmpty()) {
            fetchKeys();
            return false;
        }
        PlayerTickets.Ticket good;
        try {
            good = checks.computeIfAbsent(host.id(), id -> new PlayerTickets(id, ISSUER, keys))
                    .check(ticket);
        } catch (IllegalArgumentException e) {
            // A router that has started anew may sign with another key.
            tally.ticketRefused();
            LOG.debug("host {}: {}", host.id(), e.getMessage());
            fetchKeys();
            return false;
        }
        if (!host.has(good.slot(), good.token())) {
            return false;
        }
        vertx.setTimer(Math.max(1, settings.starting().toMillis()), started -> {
            if (host.report(good.slot(), good.token(), SlotPhase.RUNNING)) {
                tally.connected();
            }
        });
        return true;
    }

    /** The player's connection is gone; the session waits. */
    boolean cutOff(String sessionId) {
        Running running = sessions.get(sessionId);
        return running != null && running.host().report(running.slot(), running.token(), SlotPhase.WAITING);
    }

    /** The player leaves the game, and the host cleans up by itself. */
    boolean quit(String sessionId) {
        Running running = sessions.remove(sessionId);
        boolean quits = running != null && running.host().report(running.slot(), running.token(), SlotPhase.CLEANING);
        if (quits) {
            clean(running.host(), running.slot(), running.token());
        }
        return quits;
    }

    /** Reads the routers' public keys, for the tickets that are shown from now on. */
    void fetchKeys() {
        if (asking) {
            return;
        }
        asking = true;
        router.text("/v1/keys", PATIENCE).onComplete(answer -> {
            asking = false;
            if (answer.succeeded() && !answer.result().equals(keys)) {
                keys = answer.result();
                checks.clear();
            }
        });
    }

    private void clean(SimulatedHost host, int slot, long token) {
        vertx.setTimer(Math.max(1, settings.cleaning().toMillis()), clean -> {
            boolean counts = host.report(slot, token, SlotPhase.IDLE);
            LOG.trace("slot {} of {} is clean: {}", slot, host.id(), counts);
        });
    }
}
