package io.gamestream.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Ports in blocks, each of which one JVM of a user gives away, as long as it lives: a port is chosen seconds before somebody
 * listens on it, and stacks that start at once in several JVMs would choose the same one now and then. The operating system
 * takes the lock of a block back when its JVM ends, however it does.
 */
final class PortBlocks {

    private static final int SIZE = 100;

    private final Path directory;
    private final int lowest;
    private final int blocks;
    /** Each is held until the JVM ends. Its file isn't opened again: to close it would give the lock back (POSIX). */
    private final Map<Integer, FileLock> held = new TreeMap<>();

    private final Deque<Integer> left = new ArrayDeque<>();

    /**
     * @param directory of the locks; made where it is missing
     * @param highest that is given at most; what is beyond the last whole block is not
     */
    PortBlocks(Path directory, int lowest, int highest) {
        this.directory = directory;
        this.lowest = lowest;
        this.blocks = (highest + 1 - lowest) / SIZE;
    }

    /**
     * A port that this JVM has not been given, and no other one that lives.
     *
     * @throws IllegalStateException where others hold all that there are
     */
    synchronized int next() {
        if (left.isEmpty()) {
            claim();
        }
        return left.remove();
    }

    private void claim() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, blocks)
                .filter(block -> !held.containsKey(block))
                .boxed()
                .toList());
        Collections.shuffle(order);
        for (int block : order) {
            if (lock(block)) {
                int first = lowest + block * SIZE;
                IntStream.range(first, first + SIZE).forEach(left::add);
                return;
            }
        }
        throw new IllegalStateException("no block of " + SIZE + " ports from " + lowest + " on is left of " + blocks
                + ": this JVM has had " + held.size() + ", others hold the rest (locks in " + directory + ")");
    }

    private boolean lock(int block) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve(block + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            held.put(block, lock);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("could not lock a block of ports in " + directory, e);
        }
    }
}
