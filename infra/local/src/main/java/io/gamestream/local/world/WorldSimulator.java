package io.gamestream.local.world;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes the world once and then, when it is told to, keeps it moving, on a thread of its own.
 *
 * <p>Postgres and Kafka may go away for a while: whatever can't be carried out is tried again until it can. What happens is
 * decided by {@link World}.
 */
public final class WorldSimulator implements AutoCloseable {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final WorldTally tally;
    private final WorldLoop loop;
    private final Thread thread;

    private WorldSimulator(WorldLoop loop, WorldTally tally) {
        this.loop = loop;
        this.tally = tally;
        this.thread = new Thread(loop, "world");
        thread.setDaemon(true);
    }

    /**
     * Starts to make it; returns at once. A world of this seed that is in the database already is taken up where it was left.
     *
     * @param registry holds the schema of plays already
     */
    public static WorldSimulator start(
            WorldSettings settings, PostgresSettings postgres, KafkaSettings kafka, RegistrySettings registry) {
        return start(settings, postgres, kafka, registry, null);
    }

    /**
     * The same with players who buy through the payments gateway.
     *
     * @param gateway such as http://127.0.0.1:8095; null for orders that are written into the database, paid by nobody
     */
    public static WorldSimulator start(
            WorldSettings settings,
            PostgresSettings postgres,
            KafkaSettings kafka,
            RegistrySettings registry,
            @Nullable URI gateway) {
        WorldTally tally = new WorldTally();
        GatewayShop shop = gateway == null ? null : new GatewayShop(gateway, settings.seed());
        WorldSimulator simulator =
                new WorldSimulator(new WorldLoop(settings, postgres, kafka, registry, tally, shop), tally);
        simulator.thread.start();
        return simulator;
    }

    /**
     * Completes when the world is there; with a {@link WorldMismatch} where the database holds another
     * world.
     */
    public CompletableFuture<Void> seeded() {
        return loop.seeded().copy();
    }

    /** Lets it move as soon as it is there: players who come before the services do find closed doors, and slow their start. */
    public void move() {
        loop.move();
    }

    public WorldCounters counters() {
        return tally.read();
    }

    /** Stops after what is being done. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
