package io.gamestream.local.sessions;

import io.gamestream.local.sessions.HostFleet.Nature;
import io.gamestream.local.world.Population;
import io.gamestream.local.world.WorldSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

    /** Players in line have one as well. */
    private static final int STREAMS_PER_SLOT = 2;

    private final SessionWorldSettings settings;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final SessionTally tally = new SessionTally();
    private final SplittableRandom chance;
    private final Wishes wishes;
    private final Scene scene;
    private final Operator operator;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private volatile Mischief.Shares mischief = Mischief.Shares.NONE;
    private volatile double rush = 1;
    private long number;
    private boolean closing;

    private SessionWorld(
            SessionWorldSettings settings,
            WorldSettings world,
            Supplier<URI> routers,
            Nature hosts,
            Consumer<String> news) {
        this.settings = settings;
        this.chance = new SplittableRandom(world.seed());
        this.wishes = new Wishes(settings, new Population(world));
        RouterClient client = new RouterClient(vertx, routers, settings.slots() * STREAMS_PER_SLOT);
        PlayedGames games = new PlayedGames(client, settings.hosts(), tally);
        HostFleet fleet = HostFleet.start(client, routers.get(), settings.sites(), settings.hosts(), hosts, games);
        this.scene = new Scene(
                client,
                fleet,
                games,
                tally,
                new SessionNews(news),
                hosts.witness(),
                new HashSet<>(),
                new LinkedHashSet<>());
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
        return new SessionWorld(settings, world, () -> router, Nature.USUAL, news);
    }

    /**
     * The same with several routers, and hosts that are not as usual.
     *
     * @param routers says for each request whom to ask
     */
    public static SessionWorld start(
            SessionWorldSettings settings,
            WorldSettings world,
            Supplier<URI> routers,
            Nature hosts,
            Consumer<String> news) {
        return new SessionWorld(settings, world, routers, hosts, news);
    }

    /** Lets something happen now. */
    public void happens(Incident incident) {
        vertx.runOnContext(go -> operator.happens(incident));
    }

    /** Somebody in particular comes now, unless that player is there already. */
    public void play(Wish wish) {
        vertx.runOnContext(go -> {
            if (!scene.plays().contains(wish.playerId())) {
                come(wish, Mischief.NONE);
            }
        });
    }

    /** From now on players come that many times as often. */
    public void rush(double times) {
        rush = times;
    }

    /** What the players who come from now on do besides. */
    public void mischief(Mischief.Shares shares) {
        mischief = shares;
    }

    /** Nobody comes any more, and all who are there leave. */
    public void goHome() {
        vertx.runOnContext(go -> {
            closing = true;
            List.copyOf(scene.lives()).forEach(PlayerLife::goHome);
        });
    }

    /** Calls back with the number of players who are there, and of hosts that something is wrong with. */
    public CompletableFuture<Unrest> unrest() {
        CompletableFuture<Unrest> answer = new CompletableFuture<>();
        vertx.runOnContext(go -> answer.complete(new Unrest(scene.lives().size(), operator.troubled())));
        return answer;
    }

    /** Who is there, and how many hosts something is wrong with. */
    public record Unrest(int players, int hosts) {}

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
        double pause = wishes.pause(chance, Instant.now()).toMillis() / rush;
        vertx.setTimer(Math.max(1, (long) pause), due -> {
            if (!closing) {
                wishes.next(chance, Instant.now(), scene.plays()::contains)
                        .ifPresent(wish -> come(wish, mischief.draw(chance)));
                arrive();
            }
        });
    }

    private void come(Wish wish, Mischief does) {
        scene.plays().add(wish.playerId());
        scene.plays().addAll(wish.party());
        new PlayerLife(scene, wish, "world-" + run + "-" + ++number, does).begin();
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
