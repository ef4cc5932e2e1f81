package io.gamestream.local.cli;

import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.ClassArchiver;
import io.gamestream.local.psp.PspService;
import io.gamestream.local.psp.PspSettings;
import io.gamestream.local.psp.fault.FaultSettings;
import io.gamestream.local.service.Compilers;
import io.gamestream.local.service.ServiceProbe;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.service.Services;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.KafkaExit;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackException;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.runtime.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** One run of the whole product on this machine: started, watched, stopped in order. */
final class LocalRun {

    private static final Duration TERMINAL_REFRESH = Duration.ofSeconds(1);
    private static final Duration PLAIN_REFRESH = Duration.ofSeconds(10);

    private final RunOptions options;
    private final World.Factory worlds;
    private final String faults;
    private final Console console = Console.ofProcess();
    private final Shutdown shutdown = new Shutdown(console);
    private final ServiceProbe probe = new ServiceProbe();

    /**
     * A run.
     *
     * @param faults where the settings of the simulated PSP's misbehaviour are
     */
    LocalRun(RunOptions options, World.Factory worlds, String faults) {
        this.options = options;
        this.worlds = worlds;
        this.faults = faults;
    }

    /** Returns the exit status, after everything has stopped. */
    int run(RunLength length) throws InterruptedException {
        long begin = System.nanoTime();
        Settings settings = options.load();
        StackSettings stackSettings = options.stack();
        Connections.refuseForeign(stackSettings, settings);
        List<ServiceSpec> specs = ServiceTable.all().stream()
                .filter(spec -> spec.start() != ServiceSpec.Start.ON_DEMAND)
                .filter(this::isBuilt)
                .toList();
        Urls urls = Urls.of(specs, settings);
        shutdown.install(stackSettings.dataDir());
        KafkaExit.tell(stackSettings.dataDir().resolve("logs").resolve("stack.log"), shutdown::fail);
        try {
            EmbeddedStack stack = shutdown.own(EmbeddedStack.start(stackSettings, urls.ports(), this::ready));
            Connections connections = Connections.of(stack, stackSettings, settings);
            Services services = shutdown.own(Services.start(
                    specs.stream()
                            .filter(spec -> spec.start() == ServiceSpec.Start.PROCESS)
                            .toList(),
                    new Services.Context(
                            home(),
                            stackSettings.dataDir(),
                            options.settings.asArguments(),
                            connections.environment(),
                            Compilers.QUICK_ONLY,
                            stackSettings.parts().contains(Part.KAFKA)),
                    console::line));
            shutdown.own(psp(settings));
            World world = shutdown.own(worlds.start(settings, connections, console::line));
            ServiceStart start = new ServiceStart(probe, urls, console, services.names());
            start.await(shutdown, ServiceStart.PATIENCE);
            shutdown.await(world.seeded());
            world.move();
            Headline headline = new Headline(console, start, begin);
            headline.print();
            Welcome.print(console, urls, connections, services, stackSettings.dataDir());
            shutdown.own(ClassArchiver.inBackground(archives(stack, services), stackSettings.dataDir()));
            // Closed first of all: what dies of a broker that has failed, while the others are closed, is not started
            // again.
            shutdown.own(services::startNoneAgain);
            watch(headline, new StatusLine(probe, urls, services, world), length);
            return shutdown.exitStatus();
        } catch (Shutdown.Requested e) {
            return shutdown.exitStatus();
        } catch (RuntimeException e) {
            if (!shutdown.isRequested()) {
                throw e;
            }
            // A start that a signal has overtaken: libraries refuse to be initialized by then.
            LoggerFactory.getLogger(LocalRun.class).debug("start", e);
            return shutdown.exitStatus();
        } finally {
            shutdown.stop();
        }
    }

    /** In this process: one JVM less, and nobody's business but the laptop's. */
    private PspService psp(Settings settings) {
        try {
            PspService psp = PspService.start(
                    settings.bind("local.psp", PspSettings.class)
                            .withFaults(settings.bind(faults, FaultSettings.class)),
                    Clock.systemUTC());
            psp.failure().whenComplete((ended, e) -> {
                if (e != null) {
                    console.line("the PSP simulator has stopped, and payments wait: " + Reasons.of(e));
                }
            });
            return psp;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StackException("the PSP simulator can't be started: " + Reasons.of(e), e);
        }
    }

    private boolean isBuilt(ServiceSpec service) {
        boolean built = service.classPath(home()).isPresent();
        if (!built) {
            console.line(
                    service.name() + " is left out: module " + service.module() + " has not been built (mvn package)");
        }
        return built;
    }

    private void ready(String what, Duration took) {
        console.line(String.format(Locale.ROOT, "  %-16s ready after %.1f s", what, took.toMillis() / 1e3));
    }

    private void watch(Headline headline, StatusLine status, RunLength length) throws InterruptedException {
        long end = System.nanoTime() + length.limit().toNanos();
        Duration refresh = console.isTerminal() ? TERMINAL_REFRESH : PLAIN_REFRESH;
        while (end - System.nanoTime() > 0) {
            headline.followUp();
            console.status(status.text());
            long left = end - System.nanoTime();
            if (shutdown.awaitRequested(Math.min(left, refresh.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    /** The launcher's own is the script's business, which tells by these properties where it looks for it. */
    private static List<ClassArchive> archives(EmbeddedStack stack, Services services) {
        List<ClassArchive> all = new ArrayList<>(stack.classArchives());
        all.addAll(services.classArchives());
        String list = System.getProperty("backbone.class-list");
        if (list != null) {
            all.add(new ClassArchive(
                    "launcher",
                    ClassArchive.directory(home().resolve("target")).resolve("launcher.jsa"),
                    Path.of(list),
                    System.getProperty("java.class.path")));
        }
        return all;
    }

    private static Path home() {
        return Path.of(System.getProperty("backbone.home", "."))
                .toAbsolutePath()
                .normalize();
    }
}
