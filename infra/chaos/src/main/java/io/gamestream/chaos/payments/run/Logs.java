package io.gamestream.chaos.payments.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** All logs of a run: of the services, of the broker, Postgres and the registry, and of the run itself. */
final class Logs {

    /** Of the run itself, and of each part that has a directory in the run's. */
    private static final String DIRECTORY = "logs";

    private Logs() {}

    /**
     * Reads every line.
     *
     * @param root the run's directory
     * @param each is given a line and where it stands
     * @throws UncheckedIOException where a log can't be read
     */
    static void read(Path root, BiConsumer<String, String> each) {
        for (Path log : find(root)) {
            try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    each.accept(line, root.relativize(log) + " line " + ++number);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("log " + log, e);
            }
        }
    }

    /** Those that there are. Data directories are not looked into: files come and go there. */
    static List<Path> find(Path root) {
        List<Path> logs = new ArrayList<>();
        List<Path> parts = new ArrayList<>(list(root));
        parts.add(root);
        for (Path part : parts) {
            Path directory = part.resolve(DIRECTORY);
            if (Files.isDirectory(directory)) {
                list(directory).stream().filter(Logs::isOurs).forEach(logs::add);
            }
        }
        return logs.stream().sorted().toList();
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("logs in " + directory, e);
        }
    }

    /** What the PSP writes into its own log is its own affair. */
    private static boolean isOurs(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".log") && !name.startsWith("psp");
    }
}
