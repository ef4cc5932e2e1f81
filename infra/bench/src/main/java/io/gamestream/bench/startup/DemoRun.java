package io.gamestream.bench.startup;

import io.gamestream.local.process.ProcessTree;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.local.stack.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./backbone demo} as a user types it, watched from outside by what it prints. */
final class DemoRun implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("  (\\S+) +ready after .*");
    private static final String ALL_READY = "All ready after";

    private final Process process;
    private final long started = System.nanoTime();
    private final Map<String, Duration> ready = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile boolean allReady;

    private DemoRun(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "demo-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param home the project's directory
     * @param ports of {@link #freePorts}, the same for all runs on one data directory
     */
    static DemoRun start(Path home, Path dataDir, List<String> ports) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("backbone").toString(), "demo", "--data-dir", dataDir.toString()));
        ports.forEach(port -> command.addAll(List.of("--set", port)));
        return new DemoRun(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Settings that keep it out of the way of a stack that runs already. */
    static List<String> freePorts() {
        List<String> all = new ArrayList<>();
        for (Part part : Part.values()) {
            all.add("stack.ports." + part.label() + "=" + LocalPorts.free());
        }
        for (ServiceSpec service : ServiceTable.all()) {
            service.doors().forEach(door -> all.add(door + ".port=" + LocalPorts.free()));
        }
        return all;
    }

    /**
     * Since the command was given: each part and service, and at the end all of them.
     *
     * @throws IllegalStateException with what it printed, where it ends or takes minutes
     */
    Map<String, Duration> awaitReady() throws InterruptedException {
        boolean intime = decided.await(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
        synchronized (lines) {
            if (!intime || !allReady) {
                throw new IllegalStateException((intime ? "the demo has ended" : "the demo was not ready in time")
                        + ":\n" + String.join("\n", lines));
            }
            return new LinkedHashMap<>(ready);
        }
    }

    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    /** SIGKILL to the launcher and to everything that it has started, at once. */
    void killAll() throws InterruptedException {
        List<ProcessHandle> all = tree().processes();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** As Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                killAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            // It was killed.
        } finally {
            decided.countDown();
        }
    }

    private void take(String line) {
        Duration since = Duration.ofNanos(System.nanoTime() - started);
        synchronized (lines) {
            lines.add(line);
            Matcher one = READY.matcher(line);
            if (one.matches()) {
                ready.put(one.group(1), since);
            }
            if (line.startsWith(ALL_READY)) {
                ready.put("all", since);
                allReady = true;
                decided.countDown();
            }
        }
    }
}
