package io.gamestream.cdc.capture;

import io.gamestream.cdc.position.Checkpoint;
import io.gamestream.cdc.position.CommittedOffsets;
import io.gamestream.cdc.position.Progress;
import io.gamestream.cdc.position.Progress.Partial;
import io.gamestream.cdc.position.Progress.Phase;
import io.gamestream.cdc.source.LogEnd;
import io.gamestream.cdc.source.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the capture is, from one commit to the next. Used by one thread at a time. */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration VERIFIED_EVERY = Duration.ofSeconds(1);

    private final KafkaTransactions transactions;
    private final Owner owner;
    private final CaptureStats stats;
    private final SnapshotEnd snapshotEnd;
    private final Backfills backfills;
    private final Supplier<Map<String, Set<String>>> filled;
    private final Set<String> tables;

    private Phase phase;
    private long lsn;
    private long snapshotLsn;
    private Map<String, Object> engine;

    /** What the last Kafka transaction committed. */
    private Map<String, Object> committed = Map.of();

    private Instant sourceAt;
    private @Nullable Instant verifiedAt;
    private long writtenNanos = System.nanoTime();
    private @Nullable Partial partial;
    private long toSkip;
    private long rowsOfOpen;
    private @Nullable SourceRecord lastRow;

    /** What has to happen between the last row of the first snapshot and the first change after it. */
    interface SnapshotEnd {

        /**
         * Does it.
         *
         * @param seen the LSN that its rows said, 0 where there was none
         * @param commit ends a Kafka transaction; a restart from there takes the snapshot again
         * @return the LSN that the snapshot shows
         */
        long complete(long seen, Runnable commit);
    }

    /**
     * Whose ledger it is.
     *
     * @param capture this run of the engine
     * @param instance this process
     */
    record Owner(String capture, String instance) {}

    Ledger(
            KafkaTransactions transactions,
            Owner owner,
            CaptureStats stats,
            SnapshotEnd snapshotEnd,
            Backfills backfills,
            Supplier<Map<String, Set<String>>> filled,
            Checkpoint start) {
        this.transactions = transactions;
        this.owner = owner;
        this.stats = stats;
        this.snapshotEnd = snapshotEnd;
        this.backfills = backfills;
        this.filled = filled;
        this.phase = start.progress().phase();
        this.tables = new HashSet<>(start.progress().tables());
        this.lsn = start.lsn();
        this.engine = start.progress().engine();
        this.sourceAt = start.sourceAt();
        this.verifiedAt = start.verifiedAt();
        this.partial = start.progress().partial();
        this.toSkip = partial == null ? 0 : partial.rows();
    }

    boolean snapshotting() {
        return phase == Phase.SNAPSHOT;
    }

    /** Says who captures this slot from now on, and gives the engine where to begin. */
    void claim() {
        write();
        if (phase == Phase.STREAMING) {
            // Readable since before this attempt.
            CommittedOffsets.publish(owner.capture, engine);
        }
    }

    void snapshotRow(Map<String, ?> engineOffset) {
        snapshotLsn = number(engineOffset, "lsn");
        noteTime(engineOffset);
    }

    void commitSnapshotRows() {
        write();
    }

    /** The first snapshot is complete: from here on a restart resumes the stream. */
    void completeSnapshot() {
        lsn = snapshotEnd.complete(snapshotLsn, this::write);
        phase = Phase.STREAMING;
        engine = Map.of("lsn", lsn, "lsn_commit", lsn);
        write();
        stats.become(CaptureStats.State.STREAMING);
        LOG.info("the first snapshot is complete at {}; following the log", Lsn.format(lsn));
    }

    /** Ends the Kafka transaction at the end of a Postgres transaction, whose mark has this engine offset. */
    void commit(Map<String, ?> engineOffset) {
        long end = number(engineOffset, "lsn");
        Map<String, Object> next = new HashMap<>();
        engineOffset.forEach((name, value) -> {
            if (value != null && name.startsWith(Progress.INCREMENTAL)) {
                next.put(name, value);
            }
        });
        // Nothing else: with what the engine calls lsn_proc it would search the log for its place, and is known to have
        // missed it; a start at the end of a transaction needs no search.
        next.put("lsn", end);
        next.put("lsn_commit", end);
        engine = next;
        lsn = Math.max(lsn, end);
        noteTime(engineOffset);
        write();
        Set<String> complete = backfills.betweenTransactions(lsn, this::write);
        if (!complete.isEmpty()) {
            tables.addAll(complete);
            write();
        }
        stats.lagMs.set(Math.max(0, System.currentTimeMillis() - sourceAt.toEpochMilli()));
    }

    /**
     * Says that the position is at the end of the log, unless it has just been written: a busy capture's positions tell how
     * fresh it is by themselves.
     */
    void verified(LogEnd end) {
        boolean due = System.nanoTime() - writtenNanos >= VERIFIED_EVERY.toNanos();
        if (due && phase == Phase.STREAMING && end.lsn() <= lsn && !transactions.isOpen()) {
            verifiedAt = end.at();
            write();
        }
    }

    /** Whether a former run has written this row, of a transaction that it had to cut. */
    boolean alreadyWritten(SourceRecord row) {
        rowsOfOpen++;
        lastRow = row;
        if (toSkip == 0) {
            return false;
        }
        Partial cut = partial;
        if (cut == null || transactionOf(row) != cut.commitLsn()) {
            throw new CaptureException("the log doesn't go on with the transaction that was cut (" + cut
                    + ") but with " + transactionOf(row)
                    + ". Has the list of captured tables been changed while a large"
                    + " transaction was being written? Restore it until the position has passed that transaction");
        }
        toSkip--;
        return true;
    }

    void transactionEnded(long commitLsn) {
        Partial cut = partial;
        if (toSkip > 0 && cut != null && cut.commitLsn() == commitLsn) {
            throw new CaptureException("the transaction " + commitLsn + " has " + toSkip
                    + " rows less than were written of it before the restart. This is a bug, please report it");
        }
        rowsOfOpen = 0;
        partial = null;
    }

    /** A transaction must not stay open until the broker aborts it, nor hide everything behind it for ever. */
    void cutIfLarge() {
        if (transactions.isLarge()) {
            cut(0);
        }
    }

    /** Commits what is written of the transaction at hand, but for its last {@code rows}. */
    void cut(int rows) {
        SourceRecord row = lastRow;
        if (row != null && rowsOfOpen > 0 && lsn > 0) {
            partial = new Partial(transactionOf(row), rowsOfOpen - rows);
            write();
        }
    }

    /** Whether a change needs not be written, since the table's rows are read after it. */
    boolean comesWithReading(String table, Change change) {
        return change.op() != 'r' && backfills.readsAfter(table, change.commitLsn());
    }

    void noticed(SnapshotNotice notice) {
        backfills.noticed(notice);
    }

    private void write() {
        transactions.flush();
        Progress progress = new Progress(
                phase,
                owner.instance,
                tables,
                backfills.running(),
                backfills.readFrom(),
                backfills.unswept(),
                filled.get(),
                engine,
                partial);
        transactions.commit(new Checkpoint(lsn, progress, transactions.written(), sourceAt, verifiedAt));
        writtenNanos = System.nanoTime();
        stats.kafkaTransactions.increment();
        stats.lsn.set(lsn);
        stats.committedAt.set(System.currentTimeMillis());
        if (phase == Phase.STREAMING) {
            acknowledge();
        }
    }

    /**
     * The database may forget what the last Kafka transaction but one committed. The newest is durable when its commit
     * returns, but readable only when the broker has written its markers; it takes the next transaction when it has. A broker
     * that stalled and lost its leadership in between has been seen to abort it (Kafka 4.3.1): then the log still has it.
     */
    private void acknowledge() {
        if (!committed.isEmpty()) {
            CommittedOffsets.publish(owner.capture, committed);
        }
        committed = engine;
    }

    private void noteTime(Map<String, ?> engineOffset) {
        long micros = number(engineOffset, "ts_usec");
        if (micros > 0) {
            sourceAt = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
        }
    }

    private static long transactionOf(SourceRecord row) {
        return ((Struct) row.value()).getStruct("source").getInt64("txId");
    }

    private static long number(Map<String, ?> offset, String name) {
        return offset.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
