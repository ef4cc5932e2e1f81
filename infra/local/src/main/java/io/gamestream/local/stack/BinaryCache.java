package io.gamestream.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** Server programs, unpacked once per user and version; stacks that start at the same time wait for one unpacking. */
final class BinaryCache {

    /** Within this JVM; between processes there is a file lock. */
    private static final ConcurrentMap<Path, Path> READY = new ConcurrentHashMap<>();

    private final Path root;

    /** Fills an empty directory. */
    @FunctionalInterface
    interface Unpacker {
        void unpackInto(Path directory) throws IOException;
    }

    BinaryCache(Path root) {
        this.root = root;
    }

    /** @param configured empty for the place where the user's programs keep what they can fetch again */
    static BinaryCache at(String configured) {
        if (!configured.isBlank()) {
            return new BinaryCache(Path.of(configured).toAbsolutePath());
        }
        if ("root".equals(System.getProperty("user.name"))) {
            // Not root's home: Postgres may have to run as a user who can't enter it.
            return new BinaryCache(Path.of("/var/cache/gamestream-backbone"));
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new BinaryCache(base.resolve("gamestream-backbone"));
    }

    /** The directory of that name, filled by the first who asks for it. */
    Path get(String name, Unpacker unpacker) {
        return READY.computeIfAbsent(root.resolve(name), target -> unpackOnce(target, unpacker));
    }

    private Path unpackOnce(Path target, Unpacker unpacker) {
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            Files.createDirectories(root);
            Path lock = root.resolve(target.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (!Files.isDirectory(target)) {
                    Path scratch = root.resolve(target.getFileName() + ".partial");
                    deleteTree(scratch);
                    unpacker.unpackInto(Files.createDirectories(scratch));
                    Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return target;
        } catch (IOException e) {
            throw new StackException(
                    target + " can't be unpacked: " + e.getMessage()
                            + " (setting stack.cache-dir chooses another place)",
                    e);
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
