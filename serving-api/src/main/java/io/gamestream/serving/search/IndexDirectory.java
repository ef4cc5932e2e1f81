package io.gamestream.serving.search;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NativeFSLockFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for the index of this process, gone with it. The index is a copy of topics and is never committed: mapped files only keep it
 * off the heap. What a killed process has left is removed by the next start, which knows it by its free lock.
 */
final class IndexDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexDirectory.class);
    private static final String PREFIX = "backbone-search-";
    private static final String LOCK = "owner.lock";

    private final Path path;
    private final Directory directory;
    private final Lock lock;

    private IndexDirectory(Path path, Directory directory, Lock lock) {
        this.path = path;
        this.directory = directory;
        this.lock = lock;
    }

    /** @param parent empty for the system's temporary directory */
    static IndexDirectory open(String parent) throws IOException {
        Path below = parent.isEmpty() ? Path.of(System.getProperty("java.io.tmpdir")) : Path.of(parent);
        Files.createDirectories(below);
        removeAbandoned(below);
        Path own = Files.createTempDirectory(below, PREFIX);
        Directory directory = new MMapDirectory(own);
        return new IndexDirectory(own, directory, directory.obtainLock(LOCK));
    }

    Directory directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        directory.close();
        delete(path);
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : all) {
                removeIfAbandoned(each);
            }
        }
    }

    private static void removeIfAbandoned(Path path) {
        // A directory without the file belongs to a process that is about to lock it.
        if (!Files.exists(path.resolve(LOCK))) {
            return;
        }
        try (FSDirectory left = FSDirectory.open(path, NativeFSLockFactory.INSTANCE);
                Lock free = left.obtainLock(LOCK)) {
            free.ensureValid();
        } catch (IOException inUse) {
            return;
        }
        try {
            delete(path);
            LOG.info("removed {}, the index of a process that was killed", path);
        } catch (IOException e) {
            LOG.warn("{}, the index of a process that was killed, can't be removed: {}", path, e.toString());
        }
    }

    private static void delete(Path path) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
