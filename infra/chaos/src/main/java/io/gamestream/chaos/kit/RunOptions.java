package io.gamestream.chaos.kit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every run takes: a seed, and a directory that goes away where nothing went wrong. */
public final class RunOptions {

    @Option(
            names = "--seed",
            description =
                    "Of all that is asked for and of all that is done to the stack; printed, to do the same again. What comes of it"
                            + " depends on time as well. Default: a random one.")
    @Nullable
    Long seed;

    @Option(
            names = "--home",
            defaultValue = "${sys:backbone.home:-.}",
            hidden = true,
            description = "The project's directory.")
    Path home = Path.of(".");

    @Option(
            names = "--data-dir",
            description = "Kept afterwards, with the logs. Default: a temporary directory, kept only where"
                    + " something did not hold.")
    @Nullable
    Path dataDir;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    /** The one that was given, or a random one; ask once. */
    public long seed() {
        return seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed;
    }

    /** The one that was given, else the preferred one, else a random one; ask once. */
    public long seed(@Nullable Long preferred) {
        return seed == null && preferred != null ? preferred : seed();
    }

    /** The project's directory. */
    public Path home() {
        return home;
    }

    /** Makes the run's directory. The terminal is for the report: what this JVM's libraries have to say goes into a file there. */
    public Path open(String run) throws IOException {
        return opened(dataDir == null ? temporary(run) : Files.createDirectories(dataDir));
    }

    /**
     * A new temporary directory, for this user alone. Its path is in every log of the run, so it has no long number as those of
     * {@link Files#createTempDirectory} have: one in some hundreds is a card's by network, length and check digit.
     */
    public static Path temporary(String run) throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        FileAttribute<?> own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        while (true) {
            int number = ThreadLocalRandom.current().nextInt(1_000_000);
            try {
                return Files.createDirectory(parent.resolve("chaos-" + run + "-" + number), own);
            } catch (FileAlreadyExistsException e) {
                // Another number.
            }
        }
    }

    private static Path opened(Path data) {
        System.setProperty("backbone.logs", data.resolve("logs").toString());
        return data.toAbsolutePath().normalize();
    }

    /** The same for one of several runs: each has a directory of its own. */
    public Path open(String run, String part) throws IOException {
        return dataDir == null ? open(run) : opened(Files.createDirectories(dataDir.resolve(part)));
    }

    /** After a run in which everything held, and whose processes have ended. */
    public void deleteUnlessWanted(Path data) throws IOException {
        if (dataDir != null) {
            return;
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
