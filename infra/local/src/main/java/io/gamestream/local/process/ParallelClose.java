package io.gamestream.local.process;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes things side by side: the slowest decides. A thread each, since they wait: a parallel stream has as many as there are
 * cores, and the others would not be asked yet.
 */
public final class ParallelClose {

    private static final Logger LOG = LoggerFactory.getLogger(ParallelClose.class);

    private ParallelClose() {}

    /** Returns when all are. A failure is logged and stops no other. */
    public static void closeAll(List<? extends AutoCloseable> all) {
        List<Thread> closers = all.stream()
                .map(one ->
                        new Thread(() -> close(one), "close-" + one.getClass().getSimpleName()))
                .toList();
        closers.forEach(Thread::start);
        for (Thread closer : closers) {
            try {
                closer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", one.getClass().getSimpleName(), e);
        }
    }
}
