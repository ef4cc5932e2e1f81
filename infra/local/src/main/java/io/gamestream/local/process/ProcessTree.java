package io.gamestream.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A process with everything that it has started. */
public final class ProcessTree {

    private static final String PSS = "Pss:";

    private final ProcessHandle root;

    public ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Of this JVM. */
    public static ProcessTree current() {
        return new ProcessTree(ProcessHandle.current());
    }

    /** The root first. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /**
     * Memory of all of them: proportional set size in bytes, which counts a page that several processes share once. What
     * the system doesn't tell (another operating system, another user's process) is left out.
     */
    public long pssBytes() {
        return processes().stream()
                .map(ProcessTree::pssBytes)
                .flatMapToLong(OptionalLong::stream)
                .sum();
    }

    /** Of one process; empty where the system doesn't tell. */
    public static OptionalLong pssBytes(ProcessHandle process) {
        Path rollup = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        try (Stream<String> lines = Files.lines(rollup)) {
            return lines.filter(line -> line.startsWith(PSS))
                    .mapToLong(ProcessTree::bytes)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            // It has ended, or is somebody else's.
            return OptionalLong.empty();
        }
    }

    /** {@code Pss:   123 kB}. */
    private static long bytes(String line) {
        return Long.parseLong(line.substring(PSS.length()).replace("kB", "").strip()) * 1024;
    }
}
