package io.gamestream.local.cli;

import io.gamestream.local.stack.StackException;
import io.gamestream.local.world.WorldMismatch;
import io.gamestream.local.world.WorldSettings;
import io.gamestream.local.world.WorldSimulator;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.settings.Settings;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Who moves the data during a run. */
interface World extends AutoCloseable {

    /** Starts one on a stack that is ready. */
    @FunctionalInterface
    interface Factory {
        World start(Settings settings, Connections connections);
    }

    /** Nobody but the user. */
    Factory STILL = (settings, connections) -> new Still();

    /** The synthetic one. */
    Factory SIMULATED = (settings, connections) -> new Simulated(WorldSimulator.start(
            settings.bind("local.world", WorldSettings.class),
            connections.postgres(),
            connections.kafka(),
            connections.registry(),
            URI.create(Urls.base(settings.bind("payments-gateway.http", HttpSettings.class)))));

    /** Completes when it is there, and with a {@link StackException} where the database holds another world. */
    CompletableFuture<Void> seeded();

    /** Nothing moves before. */
    void move();

    /** Part of the status line; empty where there is nothing to tell. */
    String status();

    @Override
    void close();

    /** See {@link #STILL}. */
    record Still() implements World {

        @Override
        public CompletableFuture<Void> seeded() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void move() {}

        @Override
        public String status() {
            return "";
        }

        @Override
        public void close() {}
    }

    /** See {@link #SIMULATED}. */
    record Simulated(WorldSimulator simulator) implements World {

        @Override
        public CompletableFuture<Void> seeded() {
            return simulator.seeded().exceptionallyCompose(e -> CompletableFuture.failedFuture(failure(e)));
        }

        private static StackException failure(Throwable e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            return cause instanceof WorldMismatch
                    ? new StackException(cause.getMessage() + "; --fresh starts anew", cause)
                    : new StackException("the world can't be made: " + cause, cause);
        }

        @Override
        public void move() {
            simulator.move();
        }

        @Override
        public String status() {
            return simulator.counters().toString();
        }

        @Override
        public void close() {
            simulator.close();
        }
    }
}
