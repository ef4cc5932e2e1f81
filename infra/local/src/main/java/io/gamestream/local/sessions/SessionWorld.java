package io.gamestream.local.sessions;

import io.gamestream.local.world.Population;
import io.gamestream.local.world.WorldSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts and players, against a session router over HTTP. Hosts beat from the beginning; players come when they are let in, since
 * the world that they are of has to be there. One event loop.
 */
public final class SessionWorld implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionWorld.class);
    private static final Duration PLANNED_AT_ONCE = Duration.ofHours(1);
    private static final long CLOSE_WITHIN_S = 5;

    private final SessionWorldSettings settings;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final SessionTally tally = new SessionTally();
    private final SplittableRandom chance;
    private final Wishes wishes;
    private final Scene scene;
    private final Operator operator;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private long number;

    private SessionWorld(SessionWorldSettings settings, WorldSettings world, URI router, Consumer<String> news) {
        this.settings = settings;
        this.chance = new SplittableRandom(world.seed());
        this.wishes = new Wishes(settings, new Population(world));
        RouterClient client = new RouterClient(vertx, router, settings.slots() * 2);
        PlayedGames games = new PlayedGames(client, settings.hosts(), tally);
        HostFleet fleet = HostFleet.start(vertx, router, settings.sites(), settings.hosts(), List.of(), games);
        this.scene = new Scene(client, fleet, games, tally, new SessionNews(news), new HashSet<>());
        this.operator = new Operator(scene);
    }

    /**
     * Lets hosts begin to beat; returns at once.
     *
     * @param world whose users and games the players and their games are
     * @param router such as http://127.0.0.1:8090
     * @param news is told what happens, line by line
     */
    public static SessionWorld start(
            SessionWorldSettings settings, WorldSettings world, URI router, Consumer<String> news) {
        return new SessionWorld(settings, world, router, news);
    }

    /** Players may come, and things may go wrong; once. */
    public void move() {
        vertx.runOnContext(go -> begin());
    }

    public SessionCounters counters() {
        return tally.read(settings.slots());
    }

    /** Hosts and players vanish; nobody says good-bye. */
    @Override
    public void close() {
        scene.fleet().stop();
        scene.router().close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_WITHIN_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("closing", e);
        }
    }

    private void begin() {
        if (settings.slots() == 0) {
            return;
        }
        if (settings.players().load() > 0) {
            arrive();
        }
        plan();
    }

    private void arrive() {
        long ms = Math.max(1, wishes.pause(chance, Instant.now()).toMillis());
        vertx.setTimer(ms, due -> {
            wishes.next(chance, Instant.now(), scene.plays()::contains).ifPresent(this::play);
            arrive();
        });
    }

    private void play(Wish wish) {
        scene.plays().add(wish.playerId());
        scene.plays().addAll(wish.party());
        new PlayerLife(scene, wish, "world-" + run + "-" + ++number).begin();
    }

    private void plan() {
        Incidents incidents =
                new Incidents(settings.trouble(), scene.fleet().hosts().size());
        incidents
                .plan(chance.split(), PLANNED_AT_ONCE)
                .forEach(planned -> vertx.setTimer(
                        Math.max(1, planned.after().toMillis()), due -> operator.happens(planned.incident())));
        vertx.setTimer(PLANNED_AT_ONCE.toMillis(), due -> plan());
    }
}
