package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Fleet;
import io.gamestream.chaos.kit.KeepEverything;
import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.chaos.kit.plant.Planting;
import io.gamestream.chaos.payments.load.Load;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.chaos.payments.plant.Bug;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.ClassArchiver;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.WhenItDies;
import io.gamestream.local.stack.BrokerProcess;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.service.Closeables;
import io.gamestream.schemas.PaymentTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a run works on: a broker that can be killed, Postgres and registry that are not, the payment services. */
final class Stage implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final String PSP = "psp";

    private final Closeables parts = new Closeables();
    private final Path dataDir;
    private final BrokerProcess broker;
    private final EmbeddedStack others;
    private final ServiceStage services;
    private final Fleet<Target> fleet;
    private final int adminPort = LocalPorts.free();
    private @Nullable Sim sim;

    Stage(Path home, Path dataDir, long seed, @Nullable Bug bug) throws InterruptedException {
        this.dataDir = dataDir;
        // Whoever interrupts a run wants its processes gone, too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close"));
        broker = parts.add(
                BrokerProcess.start(dataDir.resolve("broker"), ClassArchive.directory(home.resolve("target"))));
        try {
            others = parts.add(EmbeddedStack.start(
                    StackSettings.ephemeral(dataDir.resolve("others")).withParts(Part.POSTGRES, Part.REGISTRY)));
            broker.awaitReady(READY_WITHIN);
            KeepEverything.of(
                    kafka(),
                    topic -> topic.domain().equals("payments")
                            || topic.name().equals(PaymentTopics.PAYMENT_VIEW.name())
                            || topic.name().equals(PaymentTopics.ACCOUNT_VIEW.name()));
            List<String> settings = new ArrayList<>(others.connectionSettings());
            settings.add("kafka.bootstrap-servers=" + kafka().bootstrapServers());
            settings.add("payments-gateway.admin.http.port=" + adminPort);
            settings.addAll(Haste.settings(seed));
            services = parts.add(new ServiceStage(home, dataDir.resolve("services"), settings, WhenItDies.LEAVE_IT));
            Planting planting = Planting.in(dataDir.resolve("plant"));
            fleet = parts.add(new Fleet<>(
                    services,
                    bug == null ? List.of() : bug.settings(),
                    (target, spec) ->
                            bug == null || target != bug.target() ? spec : planting.into(spec, List.of(bug))));
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Starts all services, and waits for them. */
    void start() throws InterruptedException {
        ServiceInstance psp = services.start(PSP);
        for (Target target : Target.values()) {
            if (target != Target.BROKER) {
                fleet.start(target);
            }
        }
        services.start("transaction-guard").awaitReady(READY_WITHIN);
        psp.awaitReady(READY_WITHIN);
        sim = new Sim(psp.url(), dataDir.resolve("services").resolve(PSP));
        for (Target target : Target.values()) {
            if (target != Target.BROKER) {
                fleet.awaitReady(target);
            }
        }
    }

    /**
     * Makes the class archives that are missing, so that what is killed comes back as fast as in {@code ./backbone up}: without
     * them two cores do little else than load classes, and the acts fall behind.
     */
    void archiveClasses() throws InterruptedException {
        List<ClassArchive> archives = new ArrayList<>(fleet.classArchives());
        archives.addAll(broker.classArchives());
        parts.add(ClassArchiver.atOnce(archives, dataDir.resolve("services"))).await();
    }

    /** The hourly job, in haste; it joins when everything else has come to rest. */
    void startReconciliation() throws InterruptedException {
        services.start("payments-reconciliation").awaitReady(READY_WITHIN);
    }

    BrokerProcess broker() {
        return broker;
    }

    Fleet<Target> fleet() {
        return fleet;
    }

    Sim sim() {
        if (sim == null) {
            throw new IllegalStateException("the services have not been started");
        }
        return sim;
    }

    KafkaSettings kafka() {
        return broker.settings();
    }

    PostgresSettings postgres() {
        return others.postgres();
    }

    AvroSerdes serdes() {
        return new AvroSerdes(others.registry());
    }

    TopicReader reader() {
        return new TopicReader(kafka());
    }

    Load load(long seed, int orders, Duration within) {
        return new Load(() -> fleet.of(Target.GATEWAY).url(), sim().webhookSecret(), seed, orders, within);
    }

    /** The operators' door. */
    String adminUrl() {
        return "http://" + LocalPorts.HOST + ":" + adminPort;
    }

    /** With everything that the run's processes write, logs among it. */
    Path directory() {
        return dataDir;
    }

    /** Where the saga keeps its stores. */
    Path sagaState() {
        return dataDir.resolve("services").resolve("streams");
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
