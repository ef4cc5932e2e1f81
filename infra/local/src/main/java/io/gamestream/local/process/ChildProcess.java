package io.gamestream.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of ours: its output in a log file, its pid on disk, so that the next run finds it if we are killed. */
public final class ChildProcess implements AutoCloseable {

    /** Long enough for Kafka clients to leave their groups and for Postgres to write a checkpoint. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** Services': Kafka has died with the run that left them, so they have nothing to finish there. */
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final String RUN = "run";

    private final Spec spec;
    private final Process process;
    private final PidFile pidFile;

    /**
     * What to start.
     *
     * @param name of the pid file and in messages
     * @param command must contain the data directory, or the process is not recognised after a crash
     * @param dataDir absolute
     * @param log where standard output and error go
     */
    public record Spec(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path dataDir,
            Path log,
            StopSignal stopSignal) {

        public Spec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            if (command.stream().noneMatch(word -> word.contains(dataDir.toString()))) {
                throw new IllegalArgumentException(
                        name + " command: " + command + " (expected: to name " + dataDir + ")");
            }
        }

        /** A process without an environment of its own that obeys SIGTERM. */
        public static Spec of(String name, List<String> command, Path dataDir, Path log) {
            return new Spec(name, command, Map.of(), dataDir, log, StopSignal.TERM);
        }
    }

    private ChildProcess(Spec spec, Process process, PidFile pidFile) {
        this.spec = spec;
        this.process = process;
        this.pidFile = pidFile;
    }

    /**
     * Starts it in a session of its own: Ctrl-C in the terminal then reaches us alone, and we stop our children in order.
     *
     * @throws IOException where the program is missing or can't be executed, or its pid can't be kept; nothing runs then
     */
    public static ChildProcess start(Spec spec) throws IOException {
        List<String> command = new ArrayList<>(Sessions.prefix());
        command.addAll(spec.command());
        LogFiles.prepare(spec.log());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().putAll(spec.environment());
        Process process = builder.start();
        PidFile pidFile = pidFile(spec.name(), spec.dataDir());
        try {
            pidFile.write(process.toHandle(), spec.stopSignal());
        } catch (UncheckedIOException e) {
            // Nobody would ever find it again.
            process.destroyForcibly();
            throw new IOException(e.getMessage(), e);
        }
        LogTrimmer.watch(spec.log(), process);
        return new ChildProcess(spec, process, pidFile);
    }

    /** Ends what a killed run has left behind on this data, whatever it was; all at once, since some wait for others. */
    public static void endOrphans(Path dataDir) throws IOException {
        Path run = dataDir.resolve(RUN);
        if (!Files.isDirectory(run)) {
            return;
        }
        List<PidFile> left;
        try (Stream<Path> files = Files.list(run)) {
            left = files.filter(path -> path.toString().endsWith(".pid"))
                    .map(file -> new PidFile(file, dataDir))
                    .toList();
        }
        List<PidFile.Orphan> orphans =
                left.stream().flatMap(file -> file.find().stream()).toList();
        orphans.forEach(orphan -> orphan.signal().send(orphan.process()));
        long now = System.nanoTime();
        orphans.forEach(orphan -> endBy(orphan.process(), now + grace(orphan).toNanos()));
        left.forEach(PidFile::delete);
    }

    /** Postgres has a checkpoint to write, whoever left it. */
    private static Duration grace(PidFile.Orphan orphan) {
        return orphan.signal() == StopSignal.INT ? GRACE : ORPHAN_GRACE;
    }

    private static PidFile pidFile(String name, Path dataDir) {
        return new PidFile(dataDir.resolve(RUN).resolve(name + ".pid"), dataDir);
    }

    public boolean isAlive() {
        // Not the Process: that one hears of the end a moment later than the handle by which we wait for it.
        return process.toHandle().isAlive();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits for its end. */
    public int exitStatus() {
        return process.onExit().join().exitValue();
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return spec.log();
    }

    /** Is called with the exit status when the process has ended, on a thread of the system's pool. */
    public void whenEnded(IntConsumer action) {
        CompletableFuture<Void> told = process.onExit().thenAccept(ended -> action.accept(ended.exitValue()));
        told.exceptionally(failure -> {
            LOG.error("{} has ended, and nobody could be told", spec.name(), failure);
            return null;
        });
    }

    /** Asks it to leave, and kills it where it does not in time. */
    @Override
    public void close() {
        end(process.toHandle(), spec.stopSignal());
        pidFile.delete();
    }

    private static void end(ProcessHandle process, StopSignal signal) {
        signal.send(process);
        endBy(process, System.nanoTime() + GRACE.toNanos());
    }

    private static void endBy(ProcessHandle process, long deadline) {
        if (!ended(process, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
            process.destroyForcibly();
            ended(process, Duration.ofSeconds(5));
        }
    }

    private static boolean ended(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return !process.isAlive();
        }
    }
}
