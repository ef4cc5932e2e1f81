package io.gamestream.serving.view;

import org.jspecify.annotations.Nullable;

/**
 * One partition of one view. Written by the one Kafka Streams thread that has the partition, as active or standby; read by any
 * thread, without a lock. It outlives tasks: when Streams takes the partition away or loads it again from the start, readers
 * keep the last complete content until the next one is complete, or until another instance has the partition.
 */
public final class ViewTable {

    /** What this instance is to the partition. */
    public enum Role {
        /** Not here. */
        NONE,
        /** A copy that is loaded or kept up to date. */
        STANDBY,
        /** The one that answers for it. */
        ACTIVE
    }

    private final View view;
    private final int partition;
    private volatile Role role = Role.NONE;
    private volatile long releasedNanos = System.nanoTime();

    /** What readers see; null before the first content is complete. */
    private volatile @Nullable EntryMap content;

    /** What is being loaded beside it; becomes the content when it is complete and not behind it. */
    private volatile @Nullable EntryMap loading;

    private boolean loaded;
    private long contentPosition;

    private volatile long applied = -1;
    private volatile long polledRecord = -1;
    private volatile long polledNext;
    private volatile long seenEnd;

    private volatile Freshness proven = Freshness.UNKNOWN;
    private volatile long recordMillis;
    private long lastMillis;
    private volatile boolean gap = true;
    private volatile long gapNanos = System.nanoTime();

    ViewTable(View view, int partition) {
        this.view = view;
        this.partition = partition;
    }

    public View view() {
        return view;
    }

    public int partition() {
        return partition;
    }

    public Role role() {
        return role;
    }

    /** Whether there is a complete content, however old; before that even "not found" would be a lie. */
    public boolean readable() {
        return content != null;
    }

    /** The live {@link Entry} of a key, or null. */
    public byte @Nullable [] find(byte[] key, int hash) {
        EntryMap now = content;
        return now == null ? null : now.find(key, hash);
    }

    /** Whether what readers see is what is being written; otherwise it is an old content, and a new one is being loaded. */
    public boolean current() {
        return content != null && loading == null;
    }

    /**
     * The offset that comes next: everything below it is applied, transaction markers included. Of what readers see only while
     * {@link #current()}.
     */
    public long position() {
        // Read in this order: see polled.
        long next = polledNext;
        long record = polledRecord;
        long done = applied;
        return done >= record ? Math.max(next, done + 1) : done + 1;
    }

    /** Up to where the content is complete. The later of what was proven and what the records themselves say. */
    public Freshness freshness() {
        Freshness now = proven;
        long millis = recordMillis;
        return millis > now.asOfMillis() ? new Freshness(now.lsn(), millis, now.token()) : now;
    }

    /** Epoch ms of {@link #freshness()}, without an object. */
    public long asOfMillis() {
        return Math.max(proven.asOfMillis(), recordMillis);
    }

    /** Records of the log, as it was last seen, that are not applied; transaction markers count too. */
    public long lag() {
        return Math.max(0, seenEnd - position());
    }

    void noteEnd(long end) {
        seenEnd = end;
    }

    /** Keys in the content. */
    public int size() {
        EntryMap now = content;
        return now == null ? 0 : now.size();
    }

    /** Heap bytes of the content's entries. */
    public long bytes() {
        EntryMap now = content;
        return now == null ? 0 : now.bytes();
    }

    /** For how long no task has had this partition; 0 while one has it. */
    public long releasedForNanos(long nowNanos) {
        return role == Role.NONE ? nowNanos - releasedNanos : 0;
    }

    /** A task has the partition and loads it from the start. */
    synchronized void open() {
        if (loading == null) {
            contentPosition = position();
        }
        loading = new EntryMap();
        loaded = false;
        applied = -1;
        polledRecord = -1;
        polledNext = 0;
        lastMillis = 0;
        noteGap();
        role = Role.STANDBY;
    }

    /**
     * The partition is this instance's to answer for. That says nothing about the content: Streams loads up to what the group
     * has committed, which is nothing when the group is new.
     */
    synchronized void activate() {
        role = Role.ACTIVE;
    }

    /** Still written, but somebody else may be the active one by now. */
    synchronized void deactivate() {
        if (role == Role.ACTIVE) {
            role = Role.STANDBY;
        }
    }

    /** No task has the partition any more. The content stays until {@link #drop}. */
    synchronized void release() {
        if (loading != null) {
            loading = null;
            applied = contentPosition - 1;
            polledRecord = -1;
            polledNext = contentPosition;
        }
        releasedNanos = System.nanoTime();
        role = Role.NONE;
    }

    /** Forgets the content of a partition that no task has. */
    public synchronized void drop() {
        if (role == Role.NONE) {
            content = null;
            contentPosition = 0;
            forgetFreshness();
        }
    }

    /** Applies one record. See {@link EntryMap#put} for the rules. */
    synchronized void apply(long offset, byte[] key, long version, long sourceMillis, byte @Nullable [] body) {
        EntryMap next = loading;
        EntryMap target = next != null ? next : content;
        if (target == null) {
            throw new IllegalStateException(view.label() + "-" + partition + " is written before it is opened");
        }
        target.put(key, EntryMap.hash(key), version, sourceMillis, body);
        advance(offset, sourceMillis);
    }

    /** A record that could not be applied and was set aside elsewhere. */
    synchronized void skip(long offset) {
        advance(offset, 0);
    }

    /**
     * What a consumer has fetched, before any of it is applied.
     *
     * @param lastRecord offset of the last record fetched, -1 for none: only transaction markers
     * @param next the consumer's position
     */
    synchronized void polled(long lastRecord, long next) {
        // Written in this order, and read in the other, so that position() never counts a record before it is applied.
        if (lastRecord >= 0) {
            polledRecord = lastRecord;
        }
        polledNext = next;
        completeWhenAhead();
    }

    /**
     * Says where the partition's log ended, as seen at or after a moment.
     *
     * @param end offset after the last record
     * @param seenNanos {@link System#nanoTime} before it was asked for
     */
    synchronized void logEnd(long end, long seenNanos) {
        if (position() < end || gapNanos - seenNanos > 0 || role == Role.NONE) {
            return;
        }
        gap = false;
        if (view.inCommitOrder()) {
            recordMillis = Math.max(recordMillis, lastMillis - 1);
        }
        if (loading != null && position() < contentPosition) {
            // The log is shorter than what we had: the topic was made anew, and with it all that was known of it.
            forgetFreshness();
            contentPosition = 0;
        }
        loaded = true;
        completeWhenAhead();
    }

    /** Proves up to where the partition is complete. */
    public synchronized void prove(Freshness freshness) {
        if (freshness.lsn() > proven.lsn() || freshness.asOfMillis() > proven.asOfMillis()) {
            proven = freshness;
        }
    }

    private void advance(long offset, long sourceMillis) {
        if (offset != applied + 1) {
            noteGap();
        }
        applied = offset;
        lastMillis = Math.max(lastMillis, sourceMillis);
        completeWhenAhead();
        if (!gap && view.inCommitOrder()) {
            // Another commit may carry the same millisecond.
            recordMillis = Math.max(recordMillis, sourceMillis - 1);
        }
    }

    /**
     * Offsets are missing: compaction took records whose newer versions are still to come, so what is applied is no state that
     * the source ever had, until the log's end of this moment is reached.
     */
    private void noteGap() {
        gap = true;
        gapNanos = System.nanoTime();
    }

    /** Readers never go back in time: what is loaded may end at the last commit, before what the old content had seen. */
    private void completeWhenAhead() {
        EntryMap next = loading;
        if (next != null && loaded && position() >= contentPosition) {
            content = next;
            loading = null;
        }
    }

    private void forgetFreshness() {
        proven = Freshness.UNKNOWN;
        recordMillis = 0;
    }
}
