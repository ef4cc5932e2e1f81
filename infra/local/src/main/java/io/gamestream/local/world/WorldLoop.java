package io.gamestream.local.world;

import io.gamestream.local.load.BulkInsert;
import io.gamestream.local.load.ExactlyOnceLoad;
import io.gamestream.local.load.LoadException;
import io.gamestream.local.load.LoadProgressView;
import io.gamestream.local.load.PostgresLoad;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator's thread: seeds, recovers, and then one action after the other, each until it has been carried out. */
final class WorldLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WorldLoop.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /** After a stall the world goes on from now; what has not happened meanwhile is not made up for. */
    private static final Duration CATCH_UP = Duration.ofSeconds(1);

    private final WorldSettings settings;
    private final PostgresSettings postgres;
    private final KafkaSettings kafka;
    private final RegistrySettings registry;
    private final WorldTally tally;
    private final @Nullable GatewayShop shop;
    private final CompletableFuture<Void> seeded = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable WorldStore store;

    WorldLoop(
            WorldSettings settings,
            PostgresSettings postgres,
            KafkaSettings kafka,
            RegistrySettings registry,
            WorldTally tally,
            @Nullable GatewayShop shop) {
        this.settings = settings;
        this.postgres = postgres;
        this.kafka = kafka;
        this.registry = registry;
        this.tally = tally;
        this.shop = shop;
    }

    CompletableFuture<Void> seeded() {
        return seeded;
    }

    void move() {
        released.complete(null);
    }

    void stop() {
        stop.countDown();
        released.complete(null);
    }

    @Override
    public void run() {
        try {
            WorldState state = untilDone(this::begin);
            if (state != null) {
                tally.seeded();
                seeded.complete(null);
                released.join();
                move(state);
            }
        } catch (RuntimeException e) {
            tally.error(e);
            if (!seeded.completeExceptionally(e)) {
                LOG.error("the world stands still", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dropStore();
        }
    }

    private WorldState begin(WorldStore open) throws SQLException {
        WorldTable.Row row = WorldTable.begin(open.connection(), settings);
        if (row.seed() != settings.seed()) {
            throw new WorldMismatch(row.seed(), settings.seed());
        }
        if (!row.seeded()) {
            seed(row.beginning());
            WorldTable.seeded(open.connection());
        }
        return WorldMemory.recover(open.connection(), row);
    }

    private void seed(Instant beginning) {
        Genesis genesis = Genesis.of(settings, beginning);
        try (PostgresLoad load = new PostgresLoad(postgres);
                ExactlyOnceLoad plays = new ExactlyOnceLoad(kafka, registry, "world");
                LoadProgressView view = new Quiet()) {
            load.load(genesis.users(), Function.identity(), BulkInsert::users, view);
            load.load(genesis.games(), Function.identity(), BulkInsert::games, view);
            load.load(genesis.orders(), Function.identity(), BulkInsert::orders, view);
            plays.load("seed " + settings.seed() + " of " + beginning, genesis.plays(), Function.identity(), view);
        }
    }

    private void move(WorldState state) throws InterruptedException {
        World world = new World(settings);
        // Another sequence after each start, since the state isn't exactly the one at that point of the first.
        SplittableRandom random = Dice.of(settings.seed(), state.nextPlayId(), state.lastOrder());
        try (PlayWriter plays = new PlayWriter(kafka, registry, tally)) {
            Instant due = Instant.now();
            while (!waitUntil(due)) {
                Action action = world.next(state, random, Instant.now());
                if (untilDone(open -> perform(action, open, plays)) == Result.DONE) {
                    state.apply(action);
                    tally.done(action);
                }
                due = after(due);
            }
        }
    }

    private enum Result {
        DONE,
        REFUSED
    }

    private Result perform(Action action, WorldStore open, PlayWriter plays) throws SQLException {
        try {
            if (action instanceof Action.PlayGame played) {
                plays.write(played.play());
                return Result.DONE;
            }
            if (shop != null && action instanceof Action.PlaceOrder placed) {
                return placed(shop, placed, open);
            }
            if (shop != null && action instanceof Action.SettleOrder settled && shop.knows(settled.number())) {
                return shop.settle(settled) ? Result.DONE : Result.REFUSED;
            }
            open.perform(action);
            return Result.DONE;
        } catch (SQLException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            // The same again would be refused again, and the world would stand still.
            tally.error(e);
            LOG.warn("left out {}: {}", action, e.getMessage());
            open.rollback();
            return Result.REFUSED;
        }
    }

    /** Nobody waits for a shop that is closed: the world goes on. */
    private static Result placed(GatewayShop shop, Action.PlaceOrder action, WorldStore open) throws SQLException {
        if (!shop.place(action)) {
            return Result.REFUSED;
        }
        open.numbered(action);
        return Result.DONE;
    }

    /** Data exceptions, constraint violations, missing tables and rights; anything else may pass (SQLSTATE classes). */
    private static boolean isRefusal(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    }

    private Instant after(Instant due) {
        Instant now = Instant.now();
        double perSecond = settings.actionsPerSecond() * Region.worldLoad(now, settings.day());
        Instant next = due.plusNanos((long) (1e9 / perSecond));
        return next.isBefore(now.minus(CATCH_UP)) ? now : next;
    }

    /** True when it is time to stop. */
    private boolean waitUntil(Instant due) throws InterruptedException {
        if (settings.actionsPerSecond() == 0) {
            stop.await();
        }
        return stop.await(Math.max(0, Duration.between(Instant.now(), due).toNanos()), TimeUnit.NANOSECONDS);
    }

    @FunctionalInterface
    private interface Step<T> {
        T run(WorldStore open) throws SQLException;
    }

    /** Null only when it is time to stop. */
    private <T> @Nullable T untilDone(Step<T> step) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        do {
            try {
                if (store == null) {
                    store = new WorldStore(postgres);
                }
                return step.run(store);
            } catch (SQLException | KafkaException | LoadException e) {
                tally.error(e);
                LOG.warn("tried again in {} ms: {}", wait.toMillis(), e.getMessage());
                dropStore();
            }
            if (stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        } while (true);
    }

    private void dropStore() {
        if (store != null) {
            try {
                store.close();
            } catch (SQLException e) {
                LOG.debug("closing a connection that is broken", e);
            }
            store = null;
        }
    }

    /** Seeding takes seconds; the status line says enough. */
    private static final class Quiet implements LoadProgressView {
        @Override
        public void begin(String step, long of) {}

        @Override
        public void advance(long by) {}

        @Override
        public void say(String line) {}

        @Override
        public void close() {}
    }
}
