package io.gamestream.topology.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much of the stores' changelogs is still to be read. Thread-safe. */
final class RestoreProgress implements StateRestoreListener {

    private record Restore(long total, long done) {}

    private final Map<TopicPartition, Restore> running = new ConcurrentHashMap<>();
    private final AtomicLong restored = new AtomicLong();

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
        running.put(partition, new Restore(end - start, 0));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long restored) {
        running.computeIfPresent(partition, (key, was) -> new Restore(was.total(), was.done() + restored));
        this.restored.addAndGet(restored);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long restored) {
        running.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long restored) {
        running.remove(partition);
    }

    /** Records since the start of the process. */
    long restored() {
        return restored.get();
    }

    long remaining() {
        return running.values().stream()
                .mapToLong(restore -> Math.max(0, restore.total() - restore.done()))
                .sum();
    }

    /** From 0 to 1; 1 where nothing is being restored. */
    double fraction() {
        long total = running.values().stream().mapToLong(Restore::total).sum();
        return total == 0 ? 1 : 1 - (double) remaining() / total;
    }
}
