package io.gamestream.cdc.capture;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the capture has done since the process started. */
public final class CaptureStats {

    /** What the capture is at. */
    public enum State {
        STARTING,
        SNAPSHOT,
        STREAMING,
        WAITING,
        STOPPED
    }

    public final LongAdder rows = new LongAdder();
    public final LongAdder snapshotRows = new LongAdder();
    public final LongAdder deadLetters = new LongAdder();
    public final LongAdder batches = new LongAdder();
    public final LongAdder sourceTransactions = new LongAdder();
    public final LongAdder kafkaTransactions = new LongAdder();
    public final LongAdder restarts = new LongAdder();

    /** {@code Position.lsn} of the last commit. */
    public final AtomicLong lsn = new AtomicLong();

    /** Between the newest commit covered and its position being readable, in ms; the clocks are two machines'. */
    public final AtomicLong lagMs = new AtomicLong();

    /** When a Kafka transaction was committed last, in ms since the epoch. */
    public final AtomicLong committedAt = new AtomicLong(System.currentTimeMillis());

    private volatile State state = State.STARTING;
    private volatile @Nullable String trouble;

    public State state() {
        return state;
    }

    /** Why it waits, while it does. */
    public @Nullable String trouble() {
        return trouble;
    }

    void become(State next) {
        state = next;
        trouble = null;
    }

    void waiting(String reason) {
        state = State.WAITING;
        trouble = reason;
    }
}
