package io.gamestream.local.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The services of the product, from {@code services.txt}. */
public final class ServiceTable {

    private static final int COLUMNS = 7;

    private ServiceTable() {}

    /** In the order in which they are started. */
    public static List<ServiceSpec> all() {
        try (InputStream table = ServiceTable.class.getResourceAsStream("services.txt")) {
            if (table == null) {
                throw new IllegalStateException("services.txt is not in the jar");
            }
            return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException that names those that there are, where there is no such service
     */
    public static ServiceSpec of(String name) {
        List<ServiceSpec> all = all();
        return all.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("service: " + name + " (expected: one of "
                        + all.stream().map(ServiceSpec::name).toList() + ")"));
    }

    static List<ServiceSpec> parse(String table) {
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(ServiceTable::row)
                .toList();
    }

    private static ServiceSpec row(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("services.txt: '" + line + "' (expected: " + COLUMNS + " columns)");
        }
        return new ServiceSpec(
                columns[0].strip(),
                columns[1].strip(),
                columns[2].strip(),
                columns[3].strip(),
                words(columns[4]),
                words(columns[5]),
                start(columns[6].strip(), line));
    }

    private static ServiceSpec.Start start(String column, String line) {
        return switch (column) {
            case "process" -> ServiceSpec.Start.PROCESS;
            case "launcher" -> ServiceSpec.Start.LAUNCHER;
            case "on demand" -> ServiceSpec.Start.ON_DEMAND;
            default ->
                throw new IllegalArgumentException(
                        "services.txt: '" + line + "' (expected: process, launcher or on demand in the last column)");
        };
    }

    private static List<String> words(String column) {
        return Stream.of(column.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
