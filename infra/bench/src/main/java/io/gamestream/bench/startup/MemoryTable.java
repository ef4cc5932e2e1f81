package io.gamestream.bench.startup;

import io.gamestream.local.process.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The memory of a run by part and service: proportional set sizes, so that what processes share is counted once.
 *
 * @param bytes by name; the parts' own children are counted with them
 */
record MemoryTable(Map<String, Long> bytes) {

    private static final String LAUNCHER = "launcher, kafka";

    MemoryTable {
        bytes = Map.copyOf(bytes);
    }

    /** Right now. The data directory tells who is who. */
    static MemoryTable of(ProcessTree tree, Path dataDir) throws IOException {
        Map<Long, String> names = names(dataDir.resolve("run"));
        Map<String, Long> found = new HashMap<>();
        for (ProcessHandle process : tree.processes()) {
            OptionalLong pss = ProcessTree.pssBytes(process);
            if (pss.isPresent()) {
                found.merge(name(process, names), pss.getAsLong(), Long::sum);
            }
        }
        return new MemoryTable(found);
    }

    /** By name, in alphabetical order. */
    Map<String, Long> sorted() {
        return new TreeMap<>(bytes);
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<Long, String> names(Path run) throws IOException {
        Map<Long, String> names = new HashMap<>();
        try (Stream<Path> files = Files.list(run)) {
            List<Path> pidFiles =
                    files.filter(file -> file.toString().endsWith(".pid")).toList();
            for (Path file : pidFiles) {
                String name = file.getFileName().toString().replace(".pid", "");
                names.put(Long.parseLong(Files.readString(file).split(" ")[0]), name);
            }
        }
        return names;
    }

    /** Of the nearest ancestor that has one. */
    private static String name(ProcessHandle process, Map<Long, String> names) {
        String own = names.get(process.pid());
        if (own != null) {
            return own;
        }
        return process.parent()
                .filter(parent -> names.containsKey(parent.pid()))
                .map(parent -> name(parent, names))
                .orElse(LAUNCHER);
    }
}
