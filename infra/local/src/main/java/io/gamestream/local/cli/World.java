package io.gamestream.local.cli;

import io.gamestream.local.stack.StackException;
import io.gamestream.local.world.WorldMismatch;
import io.gamestream.local.world.WorldSettings;
import io.gamestream.local.world.WorldSimulator;
import io.gamestream.runtime.settings.Settings;
import java.util.concurrent.ExecutionException;

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
            connections.registry()));

    /**
     * Returns when it is there.
     *
     * @throws StackException where the database holds another world
     */
    void awaitSeeded() throws InterruptedException;

    /** Part of the status line; empty where there is nothing to tell. */
    String status();

    @Override
    void close();

    /** See {@link #STILL}. */
    record Still() implements World {

        @Override
        public void awaitSeeded() {}

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
        public void awaitSeeded() throws InterruptedException {
            try {
                simulator.seeded().get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof WorldMismatch mismatch
                        ? new StackException(mismatch.getMessage() + "; --fresh starts anew", e)
                        : new StackException("the world can't be made: " + e.getCause(), e);
            }
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
