package io.gamestream.bench;

import io.gamestream.bench.report.BenchReport;
import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.JavaCommand;
import io.gamestream.local.process.LogTail;
import io.gamestream.local.service.ServiceProbe;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a benchmark runs on: an embedded stack of its own and real services, on free ports, in a directory that is removed. */
public final class BenchStage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path directory;
    private final EmbeddedStack stack;
    private final boolean hasPostgres;
    private final ServiceProbe probe = new ServiceProbe();
    private final Map<String, Running> running = new LinkedHashMap<>();

    private record Running(ChildProcess process, int port) {}

    private BenchStage(Path directory, EmbeddedStack stack, boolean hasPostgres) {
        this.directory = directory;
        this.stack = stack;
        this.hasPostgres = hasPostgres;
    }

    /** Starts the parts of the stack. */
    public static BenchStage start(Part first, Part... others) throws IOException {
        Path directory = Files.createTempDirectory("backbone-bench");
        System.out.println("starting the stack");
        StackSettings settings =
                StackSettings.ephemeral(directory.resolve("data")).withParts(first, others);
        return new BenchStage(
                directory, EmbeddedStack.start(settings), settings.parts().contains(Part.POSTGRES));
    }

    /** Prints the table, writes the JSON; returns the exit status. */
    public static int finish(BenchReport report) throws IOException {
        report.note(Runtime.getRuntime().availableProcessors() + " processors, everything on one machine, JDK "
                + Runtime.version());
        report.print(System.out);
        System.out.println("  written to " + report.write(Path.of("bench-results")));
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

    /** Starts a service of the product under its own name. */
    public int service(String service) throws IOException {
        return service(service, service, List.of());
    }

    /** Starts a service of the product with a settings file. */
    public int service(String service, Map<String, String> settings, Path config) throws IOException {
        return start(service, service, List.of(), settings, config);
    }

    /**
     * Starts a service of the product as {@code ./backbone up} would.
     *
     * @param name of this instance
     * @param flags of its JVM, on top of those that it always has
     * @return the port of its HTTP endpoints
     */
    public int service(String service, String name, List<String> flags) throws IOException {
        return start(service, name, flags, Map.of(), null);
    }

    /** Starts a main class of ours that listens on the port that it is given. */
    public int java(String name, Class<?> main, IntFunction<List<String>> arguments) throws IOException {
        int port = freePort();
        List<String> command = new JavaCommand(directory)
                .flags("-Xmx512m")
                .main(System.getProperty("java.class.path"), main.getName(), arguments.apply(port));
        run(name, command, port);
        return port;
    }

    private int start(
            String service, String name, List<String> flags, Map<String, String> settings, @Nullable Path config)
            throws IOException {
        ServiceSpec spec = ServiceTable.all().stream()
                .filter(row -> row.name().equals(service))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("service: " + service));
        String classPath = spec.classPath(home())
                .orElseThrow(() -> new IllegalStateException(spec.module() + " has not been built (mvn package)"));
        int port = freePort();
        Path own = Files.createDirectories(directory.resolve(name));
        List<String> arguments = new ArrayList<>();
        if (config != null) {
            arguments.addAll(List.of("--config", config.toString()));
        }
        spec.settings().forEach(setting -> set(arguments, setting.replace("{data}", own.toString())));
        set(arguments, "kafka.bootstrap-servers=" + kafka().bootstrapServers());
        set(arguments, "registry.url=" + registry().url());
        if (hasPostgres) {
            set(arguments, "postgres.host=" + postgres().host());
            set(arguments, "postgres.port=" + postgres().port());
        }
        set(arguments, spec.httpSettings() + ".port=" + port);
        settings.forEach((path, value) -> set(arguments, path + "=" + value));
        List<String> command = new JavaCommand(directory)
                .flags(spec.jvmFlags().toArray(String[]::new))
                .flags(flags.toArray(String[]::new))
                .main(classPath, spec.mainClass(), arguments);
        run(name, command, port);
        return port;
    }

    private void run(String name, List<String> command, int port) throws IOException {
        ChildProcess process = ChildProcess.start(ChildProcess.Spec.of(
                name, command, directory, directory.resolve("logs").resolve(name + ".log")));
        running.put(name, new Running(process, port));
    }

    /** Waits until the service says that it is ready. */
    public void awaitReady(String name) throws Exception {
        Running service = find(name);
        await(name + " is ready", () -> {
            if (!service.process().isAlive()) {
                throw new IllegalStateException(
                        name + " has died:\n" + LogTail.of(service.process().log(), 20));
            }
            return probe.isReady("http://127.0.0.1:" + service.port());
        });
    }

    /** Waits for a condition that may throw while it isn't met. */
    public void await(String what, Callable<Boolean> condition) throws Exception {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < patience) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException e) {
                // Not there yet.
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("not within " + PATIENCE + ": " + what);
    }

    /** Ends a service with SIGKILL. */
    public void kill(String name) {
        find(name).process().handle().destroyForcibly();
    }

    public int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        List<Running> services = new ArrayList<>(running.values());
        services.parallelStream().forEach(service -> service.process().close());
        stack.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(BenchStage::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Running find(String name) {
        Running found = running.get(name);
        if (found == null) {
            throw new IllegalArgumentException("service: " + name + " (expected: one of " + running.keySet() + ")");
        }
        return found;
    }

    /** The project's directory, told by the launcher. */
    private static Path home() {
        String home = System.getenv("BACKBONE_HOME");
        return Path.of(home == null ? "." : home).toAbsolutePath().normalize();
    }

    private static void set(List<String> arguments, String setting) {
        arguments.add("--set");
        arguments.add(setting);
    }
}
