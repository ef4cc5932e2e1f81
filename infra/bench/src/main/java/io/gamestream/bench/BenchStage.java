package io.gamestream.bench;

import io.gamestream.bench.report.BenchReport;
import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.local.service.Compilers;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.service.WhenItDies;
import io.gamestream.local.stack.DataDirectory;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark runs on: an embedded stack of its own and real services, on free ports, in a directory that is removed.
 * The services' logs stay, in {@code bench-results/logs}, until the next run of the same services.
 */
public final class BenchStage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path RESULTS = Path.of("bench-results");

    private final Path directory;
    private final EmbeddedStack stack;
    private final ServiceStage services;
    private final Map<String, ServiceInstance> instances = new LinkedHashMap<>();
    private final List<ChildProcess> programs = new ArrayList<>();
    private final Thread whenInterrupted;
    private boolean ended;

    private BenchStage(Path directory, EmbeddedStack stack, Thread whenInterrupted) {
        this.directory = directory;
        this.whenInterrupted = whenInterrupted;
        this.stack = stack;
        this.services =
                new ServiceStage(home(), directory, stack.connectionSettings(), WhenItDies.LEAVE_IT, Compilers.BOTH);
    }

    /** Starts the parts of the stack. */
    public static BenchStage start(Part first, Part... others) throws IOException {
        Path directory = Files.createTempDirectory("backbone-bench");
        System.out.println("starting the stack");
        StackSettings settings =
                StackSettings.ephemeral(directory.resolve("data")).withParts(first, others);
        AtomicReference<@Nullable BenchStage> started = new AtomicReference<>();
        Thread whenInterrupted = new Thread(() -> interrupted(started.get(), settings.dataDir()), "bench-end");
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        BenchStage stage = new BenchStage(directory, EmbeddedStack.start(settings), whenInterrupted);
        started.set(stage);
        return stage;
    }

    /** Ctrl-C leaves no process behind, also while the stack starts. */
    private static void interrupted(@Nullable BenchStage stage, Path data) {
        if (stage != null) {
            stage.end();
            return;
        }
        try {
            ChildProcess.endOrphans(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints the table, writes the JSON; returns the exit status. */
    public static int finish(BenchReport report) throws IOException {
        report.note(Runtime.getRuntime().availableProcessors() + " processors, everything on one machine, JDK "
                + Runtime.version());
        report.print(System.out);
        System.out.println("  written to " + report.write(RESULTS));
        return report.allMet() ? 0 : 1;
    }

    /** A progress line. */
    public void say(String what) {
        System.out.println(what);
    }

    public Path directory() {
        return directory;
    }

    /** A directory that processes of other users can read. */
    public Path publicDirectory(String name) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory.resolve(name);
    }

    public KafkaSettings kafka() {
        return stack.kafka();
    }

    public PostgresSettings postgres() {
        return stack.postgres();
    }

    public RegistrySettings registry() {
        return stack.registry();
    }

    /** Starts a service of the product under its own name; returns the port of its HTTP endpoints. */
    public int service(String service) {
        return service(service, service);
    }

    /**
     * Starts a service of the product as {@code ./backbone up} would.
     *
     * @param name of this instance
     * @param arguments its own, on top of those that lead it to the stack
     * @return the port of its HTTP endpoints
     */
    public int service(String service, String name, String... arguments) {
        return service(ServiceTable.of(service), name, arguments);
    }

    /** The same of a service that is not quite as the table has it. */
    public int service(ServiceSpec service, String name, String... arguments) {
        ServiceInstance instance = services.start(service, name, arguments);
        instances.put(name, instance);
        return instance.port();
    }

    /** Starts a main class of ours that listens on the port that it is given, with the garbage collector of the services. */
    public int java(String name, Class<?> main, IntFunction<List<String>> arguments) throws IOException {
        int port = freePort();
        List<String> command = new JavaCommand(directory)
                .flags("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
                .main(System.getProperty("java.class.path"), main.getName(), arguments.apply(port));
        programs.add(ChildProcess.start(ChildProcess.Spec.of(
                name, command, directory, directory.resolve("logs").resolve(name + ".log"))));
        return port;
    }

    /** Waits until the service says that it is ready. */
    public void awaitReady(String name) throws InterruptedException {
        find(name).awaitReady(PATIENCE);
    }

    /**
     * Of a service that is needed.
     *
     * @throws IllegalStateException with its last words, where it has died
     */
    public void requireAlive(String name) {
        ServiceInstance service = find(name);
        if (!service.isAlive()) {
            throw new IllegalStateException(name + " has died:\n" + service.lastWords());
        }
    }

    /** Waits for a condition that may throw while it isn't met. */
    public void await(String what, Callable<Boolean> condition) throws Exception {
        if (!comesTrue(condition)) {
            throw new IllegalStateException("not within " + PATIENCE + ": " + what);
        }
    }

    /** Waits for a condition that may throw while it isn't met; false if it has not been met within five minutes. */
    public boolean comesTrue(Callable<Boolean> condition) throws Exception {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < patience) {
            try {
                if (condition.call()) {
                    return true;
                }
            } catch (IOException e) {
                // Not there yet.
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return false;
    }

    /** Processor time of each service so far, by name, and of this process with the broker and the load. */
    public Map<String, Duration> processorTime() {
        Map<String, Duration> spent = new LinkedHashMap<>();
        instances.forEach((name, service) -> ProcessHandle.of(service.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .ifPresent(time -> spent.put(name, time)));
        ProcessHandle.current().info().totalCpuDuration().ifPresent(time -> spent.put("broker and load", time));
        return spent;
    }

    /** The simulated PSP's directory, with its keys. */
    public Path psp() {
        return directory.resolve("psp");
    }

    /** Ends a service with SIGKILL. */
    public void kill(String name) {
        find(name).kill();
    }

    public int freePort() {
        return LocalPorts.free();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook has found nothing left to do.
        }
    }

    /** An interrupt in the middle of it waits until it is done. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        programs.forEach(ChildProcess::close);
        services.close();
        stack.close();
        DataDirectory.delete(stack.data().root());
        keepLogs();
        delete(directory);
    }

    /** What services have in their stores. */
    public void deleteState() {
        delete(directory.resolve("streams"));
    }

    private static void delete(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A figure that is missed, or a run that ends early, has its reason there. */
    private void keepLogs() {
        Path kept = RESULTS.resolve("logs");
        if (!Files.isDirectory(directory.resolve("logs"))) {
            return;
        }
        try {
            Files.createDirectories(kept);
            try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
                for (Path log : logs.toList()) {
                    Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service that was started here. */
    public ServiceInstance find(String name) {
        ServiceInstance found = instances.get(name);
        if (found == null) {
            throw new IllegalArgumentException("service: " + name + " (expected: one of " + instances.keySet() + ")");
        }
        return found;
    }

    /** The project's directory, told by the launcher. */
    private static Path home() {
        return Path.of(System.getProperty("backbone.home", "."));
    }
}
