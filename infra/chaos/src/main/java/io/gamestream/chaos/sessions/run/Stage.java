package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Fleet;
import io.gamestream.chaos.kit.KeepEverything;
import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.chaos.kit.plant.Plant;
import io.gamestream.chaos.kit.plant.Planting;
import io.gamestream.chaos.sessions.plan.Target;
import io.gamestream.chaos.sessions.plant.Bug;
import io.gamestream.chaos.sessions.plant.Fault;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.WhenItDies;
import io.gamestream.local.stack.BrokerProcess;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.service.Closeables;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that a run works on: a broker that can be killed, a Redis that can go away, a registry, two of each service. */
final class Stage implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration WRONG_BY = Duration.ofSeconds(30);
    private static final String STREAMS = "streams";

    private final Closeables parts = new Closeables();
    private final Path dataDir;
    private final BrokerProcess broker;
    private final EmbeddedStack registry;
    private final Redis redis;
    private final ServiceStage services;
    private final Fleet<Target> fleet;

    Stage(Path home, Path dataDir, @Nullable Bug bug) throws InterruptedException {
        this.dataDir = dataDir;
        // Whoever interrupts a run wants its processes gone, too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close"));
        broker = parts.add(BrokerProcess.start(dataDir.resolve("broker")));
        try {
            registry = parts.add(EmbeddedStack.start(
                    StackSettings.ephemeral(dataDir.resolve("registry")).withParts(Part.REGISTRY)));
            redis = parts.add(new Redis(dataDir.resolve("redis")));
            broker.awaitReady(READY_WITHIN);
            KeepEverything.of(kafka(), topic -> topic.domain().equals("sessions"));
            List<String> settings = new ArrayList<>(registry.connectionSettings());
            settings.add("kafka.bootstrap-servers=" + kafka().bootstrapServers());
            settings.add("redis.url=" + redis.url());
            settings.add("session-router.tickets.key=" + TicketKey.in(dataDir.resolve("ticket-key.json")));
            settings.addAll(Haste.settings());
            services = parts.add(new ServiceStage(home, servicesDir(), settings, WhenItDies.LEAVE_IT));
            Planting planting = Planting.in(dataDir.resolve("plant"));
            fleet = parts.add(new Fleet<>(
                    services,
                    List.of(),
                    (target, spec) -> planting.into(withFlags(target, spec), plants(target, bug))));
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private ServiceSpec withFlags(Target target, ServiceSpec spec) {
        List<String> flags = new ArrayList<>();
        if (target.allocates()) {
            flags.add(Fault.flag(stopTicker()));
        }
        Duration ahead = ahead(target);
        if (!ahead.isZero()) {
            flags.add(Fault.flag(ahead));
        }
        return spec.withJvmFlags(flags);
    }

    /** By how much a process's clock is wrong: one that decides is ahead, and one that passes on is behind. */
    private static Duration ahead(Target target) {
        return switch (target) {
            case SESSIONS, ROUTER -> Duration.ZERO;
            case SESSIONS_2 -> WRONG_BY;
            case ROUTER_2 -> WRONG_BY.negated();
        };
    }

    private static List<Plant> plants(Target target, @Nullable Bug bug) {
        List<Plant> all = new ArrayList<>();
        if (target.allocates()) {
            all.add(Fault.STOPPED_TICKER);
        }
        if (!ahead(target).isZero()) {
            all.add(Fault.WRONG_CLOCK);
        }
        if (bug != null && bug.isIn(target)) {
            all.add(bug);
        }
        return all;
    }

    /** Starts all services, and waits for them. */
    void start() throws InterruptedException {
        services.start("transaction-guard").awaitReady(READY_WITHIN);
        for (Target target : Target.values()) {
            fleet.start(target);
        }
        for (Target target : Target.values()) {
            fleet.awaitReady(target);
        }
    }

    BrokerProcess broker() {
        return broker;
    }

    Redis redis() {
        return redis;
    }

    Fleet<Target> fleet() {
        return fleet;
    }

    KafkaSettings kafka() {
        return broker.settings();
    }

    RegistrySettings registry() {
        return registry.registry();
    }

    AvroSerdes serdes() {
        return new AvroSerdes(registry());
    }

    TopicReader reader() {
        return new TopicReader(kafka());
    }

    /** Those that are meant to work. */
    List<URI> routers() {
        return Stream.of(Target.ROUTER, Target.ROUTER_2)
                .map(target -> URI.create(fleet.of(target).url()))
                .toList();
    }

    /** While this file is there, nobody ticks. */
    Path stopTicker() {
        return dataDir.resolve("stop-ticker");
    }

    /** Where an instance of sessions keeps its stores. */
    Path state(Target target) {
        return target.instance().equals(target.service())
                ? servicesDir().resolve(STREAMS)
                : servicesDir().resolve(target.instance()).resolve(STREAMS);
    }

    private Path servicesDir() {
        return dataDir.resolve("services");
    }

    @Override
    public void close() {
        try {
            parts.close();
        } catch (Exception e) {
            throw new ChaosException("the stage could not be closed: " + e.getMessage(), e);
        }
    }
}
