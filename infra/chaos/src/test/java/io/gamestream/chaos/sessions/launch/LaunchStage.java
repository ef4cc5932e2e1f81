package io.gamestream.chaos.sessions.launch;

import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.WhenItDies;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.FreeGames;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.service.Closeables;
import io.gamestream.schemas.catalog.GpuClass;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A broker, a registry and a Redis; router and {@code sessions} in processes of their own. */
final class LaunchStage implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final String SESSIONS = "sessions";

    /**
     * One cell, in which a ticket waits for as long as it takes; hosts beat once, and hold what they are granted. Positions are told
     * to all who wait, so that the whole line is in the log.
     */
    private static final List<String> SETTINGS = List.of(
            "sessions.cells=[{id=" + Door.CELL + ",region=" + Door.REGION + ",partition=0}]",
            "sessions.gate.rtt-caps=[{after=0s,rtt-ms=10000}]",
            "sessions.gate.look-again=1h",
            "sessions.policy.reservation=1h",
            "sessions.policy.lease=1h",
            "sessions.policy.suspicion-limit=2h",
            "sessions.policy.tell-per-tick=100000",
            "sessions.detector.suspect-after=30m",
            "session-router.ack-timeout=30s",
            "session-router.probe-after=1h");

    private final Closeables parts = new Closeables();
    private final ServiceStage services;
    private final Committed committed;
    private final Door door;
    private ServiceInstance sessions;

    private LaunchStage(Path dir) throws Exception {
        try {
            EmbeddedStack stack = parts.add(EmbeddedStack.start(
                    StackSettings.ephemeral(dir.resolve("stack")).withParts(Part.KAFKA, Part.REGISTRY, Part.REDIS)));
            AvroSerdes serdes = new AvroSerdes(stack.registry());
            FreeGames.publish(stack.kafka(), stack.registry(), FreeGames.of(Door.GAME, GpuClass.STANDARD));
            List<String> settings = new ArrayList<>(stack.connectionSettings());
            settings.addAll(SETTINGS);
            // The module's directory is where its tests run.
            services = parts.add(
                    new ServiceStage(Path.of("../.."), dir.resolve("services"), settings, WhenItDies.LEAVE_IT));
            sessions = services.start(SESSIONS);
            ServiceInstance router = services.start("session-router");
            committed = parts.add(new Committed(new TopicReader(stack.kafka()), serdes));
            sessions.awaitReady(READY_WITHIN);
            router.awaitReady(READY_WITHIN);
            door = new Door(URI.create(router.url()));
        } catch (Exception e) {
            parts.close();
            throw e;
        }
    }

    static LaunchStage start(Path dir) throws Exception {
        return new LaunchStage(dir.toAbsolutePath());
    }

    Door door() {
        return door;
    }

    Committed committed() {
        return committed;
    }

    /** With SIGKILL. */
    void killSessions() {
        sessions.kill();
    }

    /** On the directory that it had. */
    void startSessions() {
        sessions = services.start(SESSIONS);
    }

    @Override
    public void close() throws Exception {
        parts.close();
    }
}
