package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a stack keeps on disk: marked as ours, and locked while a stack runs on it. */
public final class DataDirectory implements AutoCloseable {

    private static final String MARKER = "BACKBONE";
    private static final String LOCK = "lock";
    private static final long MIN_FREE_BYTES = 512L << 20;

    private final Path root;
    private final FileChannel lockChannel;

    private DataDirectory(Path root, FileChannel lockChannel) {
        this.root = root;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes the directory where it is missing, and locks it.
     *
     * @throws StackException where it is somebody else's, in use, can't be written or is on a full disk
     */
    public static DataDirectory open(Path root) {
        try {
            requireOurs(root);
            Files.createDirectories(root);
            requireSpace(root);
            DataDirectory directory = new DataDirectory(root, lock(root));
            Files.writeString(root.resolve(MARKER), "Data of a GameStream Backbone stack\n");
            return directory;
        } catch (IOException e) {
            throw new StackException("data directory " + root + " can't be written: " + reason(e), e);
        }
    }

    /**
     * Deletes a stack's data, and ends what a killed run has left behind on it.
     *
     * @throws StackException where the directory was not made by a stack, or is in use
     */
    public static void wipe(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (DataDirectory directory = open(root)) {
            ChildProcess.endOrphans(directory.root());
            directory.deleteContents();
        } catch (IOException e) {
            throw new StackException("data directory " + root + " can't be wiped: " + reason(e), e);
        }
    }

    public Path root() {
        return root;
    }

    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** A directory below the root, made where it is missing. */
    public Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Releases the lock; the next stack may start. */
    @Override
    public void close() {
        try {
            lockChannel.truncate(0);
            lockChannel.close();
        } catch (IOException e) {
            throw new StackException("lock of " + root + " can't be released: " + reason(e), e);
        }
    }

    private static void requireOurs(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StackException("data directory " + root + " is a file");
        }
        if (!Files.isDirectory(root) || Files.exists(root.resolve(MARKER))) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.anyMatch(entry -> !entry.getFileName().toString().equals(LOCK))) {
                throw new StackException("directory " + root
                        + " holds something else than a stack's data; choose an empty one with --data-dir");
            }
        }
    }

    private static void requireSpace(Path root) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < MIN_FREE_BYTES) {
            throw new StackException(
                    "only " + (free >> 20) + " MB are free for data directory " + root + " (expected: >= "
                            + (MIN_FREE_BYTES >> 20) + " MB); free some space or choose another one with --data-dir");
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(
                root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            String owner = Files.readString(root.resolve(LOCK)).trim();
            channel.close();
            throw new StackException("data directory " + root + " is in use"
                    + (owner.isEmpty() ? "" : " by process " + owner)
                    + "; stop that one or choose another directory with --data-dir");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Deletes a directory of ours with everything in it, after its stack has stopped. */
    public static void delete(Path root) {
        wipe(root);
        try {
            Files.deleteIfExists(root.resolve(LOCK));
            Files.deleteIfExists(root.resolve(MARKER));
            Files.deleteIfExists(root);
        } catch (IOException e) {
            throw new StackException("data directory " + root + " can't be deleted: " + reason(e), e);
        }
    }

    private void deleteContents() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                boolean kept = file.equals(root.resolve(LOCK)) || file.equals(root.resolve(MARKER));
                if (!kept) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!directory.equals(root)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
