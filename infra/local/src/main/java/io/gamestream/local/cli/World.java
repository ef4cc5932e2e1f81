package io.gamestream.local.cli;

import io.gamestream.local.sessions.SessionWorld;
import io.gamestream.local.sessions.SessionWorldSettings;
import io.gamestream.local.stack.StackException;
import io.gamestream.local.world.WorldMismatch;
import io.gamestream.local.world.WorldSettings;
import io.gamestream.local.world.WorldSimulator;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.runtime.settings.Settings;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Who moves the data during a run. */
interface World extends AutoCloseable {

    /** Starts one on a stack that is ready. */
    @FunctionalInterface
    interface Factory {
        /**
         * Starts it; returns at once.
         *
         * @param news is told what happens, in words for the user
         */
        World start(Settings settings, Connections connections, Consumer<String> news);
    }

    /** Nobody but the user. */
    Factory STILL = (settings, connections, news) -> new Still();

    /** The synthetic one. */
    Factory SIMULATED = Simulated::start;

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
    record Simulated(WorldSimulator simulator, SessionWorld sessions) implements World {

        private static Simulated start(Settings settings, Connections connections, Consumer<String> news) {
            WorldSettings world = settings.bind("local.world", WorldSettings.class);
            WorldSimulator simulator = WorldSimulator.start(
                    world,
                    connections.postgres(),
                    connections.kafka(),
                    connections.registry(),
                    address(settings, "payments-gateway.http"));
            return new Simulated(
                    simulator,
                    SessionWorld.start(
                            settings.bind("local.sessions", SessionWorldSettings.class),
                            world,
                            address(settings, "session-router.http"),
                            news));
        }

        private static URI address(Settings settings, String http) {
            return URI.create(Urls.base(settings.bind(http, HttpSettings.class)));
        }

        @Override
        public CompletableFuture<Void> seeded() {
            return simulator.seeded().exceptionallyCompose(e -> CompletableFuture.failedFuture(failure(e)));
        }

        private static StackException failure(Throwable e) {
            Throwable cause = Reasons.cause(e);
            return cause instanceof WorldMismatch
                    ? new StackException(cause.getMessage() + "; --fresh starts anew", cause)
                    : new StackException("the world can't be made: " + cause, cause);
        }

        @Override
        public void move() {
            simulator.move();
            sessions.move();
        }

        @Override
        public String status() {
            return sessions.counters() + " | " + simulator.counters();
        }

        @Override
        public void close() {
            sessions.close();
            simulator.close();
        }
    }
}
