package io.gamestream.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a child process across a crash of its parent. A pid alone would not do, since the system hands pids out again:
 * the start time is kept with it, and the command line has to name the data directory.
 */
public final class PidFile {

    /** The start time is computed from the boot time, which the system adjusts by up to a second. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private final Path file;
    private final Path dataDir;

    /**
     * @param file where the pid is kept
     * @param dataDir absolute; the process must have it in its command line
     */
    public PidFile(Path file, Path dataDir) {
        this.file = file;
        this.dataDir = dataDir;
    }

    public void write(ProcessHandle process, StopSignal signal) {
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, process.pid() + " " + started + " " + signal);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be written", e);
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be deleted", e);
        }
    }

    /** A process of a former run, and how it wants to be stopped. */
    public record Orphan(ProcessHandle process, StopSignal signal) {}

    /** The process that was written here, if it is still the one that runs under that pid. */
    public Optional<Orphan> find() {
        try {
            String[] words = Files.readString(file).trim().split(" ");
            if (words.length != 3) {
                return Optional.empty();
            }
            Instant started = Instant.ofEpochMilli(Long.parseLong(words[1]));
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process -> startedAt(process, started) && names(process, dataDir))
                    .map(process -> new Orphan(process, StopSignal.valueOf(words[2])));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant expected) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, expected).abs().compareTo(CLOCK_STEP) <= 0)
                .orElse(false);
    }

    /** Whether the path is on the process's command line. */
    public static boolean names(ProcessHandle process, Path path) {
        return commandLine(process).contains(path.toString());
    }

    /** All of it: the one of {@code ProcessHandle.Info} stops after a page, and class paths are long. */
    private static String commandLine(ProcessHandle process) {
        Path whole = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return new String(Files.readAllBytes(whole), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }
}
