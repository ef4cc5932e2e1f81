package io.gamestream.serving.changes;

import io.gamestream.serving.changes.StreamPosition.Offsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, and how far the client is. Changes may be offered again: what it has already taken it does not take twice,
 * so switching from one reader to another makes no duplicate. One thread at a time offers; one thread takes.
 */
final class Outbox {

    private final char view;
    private final Uuid topicId;
    private final @Nullable String key;
    private final long maxBytes;
    private final ConcurrentLinkedQueue<Change> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private long[] offered;
    private final long[] taken;
    private long completeMillis;

    /**
     * An empty one.
     *
     * @param key of the only changes that the client wants; null for all
     */
    Outbox(StreamPosition start, int partitions, @Nullable String key, long maxBytes) {
        this.view = start.view();
        this.topicId = start.topicId();
        this.completeMillis = start.completeMillis();
        this.offered = start.next().toArray(partitions);
        this.taken = start.next().toArray(partitions);
        this.key = key;
        this.maxBytes = maxBytes;
    }

    /** Whether a change of any size may be offered. */
    boolean hasRoom() {
        return bytes.get() < maxBytes;
    }

    /** False where there is no room; the change is not taken then. */
    boolean offer(Change change) {
        if (change.offset() < offered[change.partition()]) {
            return true;
        }
        if (!hasRoom()) {
            return false;
        }
        offered[change.partition()] = change.offset() + 1;
        Change wanted = key == null || key.equals(change.key()) ? change : change.withoutEvent();
        bytes.addAndGet(wanted.bytes());
        queue.add(wanted);
        return true;
    }

    /** What has been offered so far: where another reader goes on. */
    Offsets offered() {
        return new Offsets(offered);
    }

    /** For a reader that has come past offsets without a record of their own: transaction markers, compacted records. */
    void passed(int partition, long next) {
        offered[partition] = Math.max(offered[partition], next);
    }

    @Nullable
    Change poll() {
        Change change = queue.poll();
        if (change != null) {
            bytes.addAndGet(-change.bytes());
            taken[change.partition()] = change.offset() + 1;
        }
        return change;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Everything written before this moment has been taken. */
    void complete(long millis) {
        completeMillis = Math.max(completeMillis, millis);
    }

    /** Of the client once it has everything that was taken. */
    StreamPosition position() {
        return new StreamPosition(view, topicId, completeMillis, new Offsets(taken));
    }
}
