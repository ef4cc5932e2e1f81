package io.gamestream.local.stack;

import io.gamestream.local.stack.LocalPorts.Wanted;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settings {@code stack}.
 *
 * @param dataDir everything that the stack keeps; made when missing
 * @param cacheDir where binaries are unpacked, once; empty for the user's cache directory
 * @param parts what is started
 * @param ports where each part listens; 0 asks for a free port
 */
public record StackSettings(Path dataDir, String cacheDir, Set<Part> parts, StackPorts ports) {

    public StackSettings {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("parts: [] (expected: some of kafka, postgres, redis, registry)");
        }
        dataDir = dataDir.toAbsolutePath().normalize();
        parts = Set.copyOf(parts);
    }

    /** All parts on free ports: for tests. */
    public static StackSettings ephemeral(Path dataDir) {
        return new StackSettings(dataDir, "", EnumSet.allOf(Part.class), StackPorts.FREE);
    }

    /** The same with these parts only. */
    public StackSettings withParts(Part first, Part... others) {
        return new StackSettings(dataDir, cacheDir, EnumSet.of(first, others), ports);
    }

    public StackSettings withPorts(StackPorts chosen) {
        return new StackSettings(dataDir, cacheDir, parts, chosen);
    }

    public StackSettings withDataDir(Path chosen) {
        return new StackSettings(chosen, cacheDir, parts, ports);
    }

    Stream<Wanted> wanted() {
        return EnumSet.copyOf(parts).stream()
                .map(part -> new Wanted(part.label(), "stack.ports." + part.label(), ports.of(part)));
    }
}
