package io.gamestream.local.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services of the product, from {@code services.txt}. */
public final class ServiceTable {

    private static final int COLUMNS = 7;

    /** Before the name of a process that several services share. */
    private static final String SHARED = "in ";

    private ServiceTable() {}

    /** In the order in which they are started. */
    public static List<ServiceSpec> all() {
        return parse(resource("services.txt"));
    }

    /**
     * The processes that run them on a laptop, in the order in which they are started.
     *
     * @throws IllegalArgumentException where services share a process that {@code processes.txt} doesn't have, or that would
     *     need the jars of two modules
     */
    public static List<ServiceGroup> groups(List<ServiceSpec> services) {
        return groups(services, flags(resource("processes.txt")));
    }

    static List<ServiceGroup> groups(List<ServiceSpec> services, Map<String, List<String>> flags) {
        Map<String, List<ServiceSpec>> byProcess = new LinkedHashMap<>();
        services.forEach(spec -> byProcess
                .computeIfAbsent(spec.process(), process -> new ArrayList<>())
                .add(spec));
        return byProcess.entrySet().stream()
                .map(group -> group(group.getKey(), group.getValue(), flags))
                .toList();
    }

    private static ServiceGroup group(String process, List<ServiceSpec> services, Map<String, List<String>> flags) {
        ServiceSpec first = services.get(0);
        if (process.equals(first.name())) {
            return ServiceGroup.of(first, process);
        }
        List<String> shared = flags.get(process);
        if (shared == null) {
            throw new IllegalArgumentException(
                    "services.txt: " + first.name() + " in " + process + " (expected: one of " + flags.keySet() + ")");
        }
        return new ServiceGroup(process, services, shared);
    }

    static Map<String, List<String>> flags(String table) {
        return rows(table)
                .map(line -> line.split("\\|", 2))
                .collect(Collectors.toMap(columns -> columns[0].strip(), columns -> words(columns[1])));
    }

    private static String resource(String name) {
        try (InputStream table = ServiceTable.class.getResourceAsStream(name)) {
            if (table == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
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

    /** The first parts of all settings that the table names: each service's own section, and some that several share. */
    static Set<String> sections() {
        return all().stream()
                .flatMap(spec -> Stream.concat(spec.doors().stream(), spec.settings().stream()))
                .map(setting -> setting.substring(0, setting.indexOf('.')))
                .collect(Collectors.toSet());
    }

    static List<ServiceSpec> parse(String table) {
        return rows(table).map(ServiceTable::row).toList();
    }

    private static Stream<String> rows(String table) {
        return table.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    private static ServiceSpec row(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("services.txt: '" + line + "' (expected: " + COLUMNS + " columns)");
        }
        List<String> doors = words(columns[3]);
        if (doors.isEmpty()) {
            throw new IllegalArgumentException("services.txt: '" + line + "' (expected: http settings)");
        }
        return new ServiceSpec(
                columns[0].strip(),
                columns[1].strip(),
                columns[2].strip(),
                doors.get(0),
                doors.subList(1, doors.size()),
                words(columns[4]),
                words(columns[5]),
                start(columns[6].strip(), line),
                columns[6].strip().startsWith(SHARED)
                        ? columns[6].strip().substring(SHARED.length())
                        : columns[0].strip());
    }

    private static ServiceSpec.Start start(String column, String line) {
        if (column.startsWith(SHARED)) {
            return ServiceSpec.Start.PROCESS;
        }
        return switch (column) {
            case "process" -> ServiceSpec.Start.PROCESS;
            case "launcher" -> ServiceSpec.Start.LAUNCHER;
            case "on demand" -> ServiceSpec.Start.ON_DEMAND;
            default ->
                throw new IllegalArgumentException("services.txt: '" + line
                        + "' (expected: process, in NAME, launcher or on demand in the last column)");
        };
    }

    private static List<String> words(String column) {
        return Stream.of(column.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
