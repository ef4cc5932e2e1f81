package io.gamestream.cdc.capture;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.gamestream.cdc.source.LogEnd;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the engine's batches where Postgres transactions end: what is complete is committed to Kafka with its position, the
 * rest waits in the next Kafka transaction. So a restart always begins at the start of a Postgres transaction, and needs no
 * search for a place in the log.
 */
final class BatchHandler implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    private final Ledger ledger;
    private final RowWriter writer;
    private final CaptureStats stats;
    private final String markTopic;

    /** The engine's thread and the heart's share what is behind it. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean streamed;

    /** Rows of the transaction at hand, by the log's count; a change of a key is one there and two here. */
    private long rowsSeen;

    /** The end of the last Postgres transaction that is written and not committed. */
    private @Nullable SourceRecord whole;

    BatchHandler(Ledger ledger, RowWriter writer, CaptureStats stats, String markTopic) {
        this.ledger = ledger;
        this.writer = writer;
        this.stats = stats;
        this.markTopic = markTopic;
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        lock.lock();
        try {
            handle(events, committer);
        } finally {
            lock.unlock();
        }
    }

    /** Writes down that everything that was committed by then is covered; not while a batch is handled, which says more. */
    void verified(LogEnd end) {
        if (lock.tryLock()) {
            try {
                ledger.verified(end);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether anything has come from the log yet. */
    boolean streamed() {
        return streamed;
    }

    private void handle(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        int start = ledger.snapshotting() ? snapshotPart(events) : 0;
        int end = lastMark(events, start);
        if (end >= start) {
            handle(events.subList(start, end + 1));
            commitWhole();
            committer.markProcessed(events.get(end));
            committer.markBatchFinished();
            streamed = true;
        }
        handle(events.subList(Math.max(start, end + 1), events.size()));
        writer.flush();
        ledger.cutIfLarge();
        stats.batches.increment();
    }

    /** Where a change is refused, what is whole before it is committed: the next start would have to find the same refusal. */
    private void handle(List<RecordChangeEvent<SourceRecord>> events) {
        try {
            for (RecordChangeEvent<SourceRecord> event : events) {
                handle(event.record());
            }
        } catch (CaptureException e) {
            writer.discard();
            commitWhole();
            throw e;
        }
    }

    /** Commits up to the last Postgres commit that has been handled. */
    private void commitWhole() {
        SourceRecord mark = whole;
        whole = null;
        if (mark != null) {
            ledger.commit(mark.sourceOffset());
        }
    }

    /**
     * Writes and commits the rows of the first snapshot; returns where the stream begins. The engine's notices come before,
     * among and after the rows, and don't end the snapshot: a capture killed after a snapshot that was declared complete too
     * early would never read the rest of it.
     */
    private int snapshotPart(List<RecordChangeEvent<SourceRecord>> events) {
        int i = 0;
        boolean rows = false;
        for (; i < events.size(); i++) {
            SourceRecord record = events.get(i).record();
            if (SnapshotNotice.TOPIC.equals(record.topic())) {
                handle(record);
            } else if (record.sourceOffset().containsKey("snapshot")) {
                writer.write(record);
                ledger.snapshotRow(record.sourceOffset());
                stats.snapshotRows.increment();
                rows = true;
            } else {
                break;
            }
        }
        if (rows) {
            writer.flush();
            ledger.commitSnapshotRows();
        }
        if (i < events.size()) {
            ledger.completeSnapshot();
        }
        return i;
    }

    private int lastMark(List<RecordChangeEvent<SourceRecord>> events, int start) {
        int i = events.size() - 1;
        while (i >= start && !markTopic.equals(events.get(i).record().topic())) {
            i--;
        }
        return i;
    }

    private void handle(SourceRecord record) {
        if (markTopic.equals(record.topic())) {
            CommitMark mark = mark(record);
            if (mark.commitLsn() != 0) {
                check(mark);
            }
            writer.flush();
            whole = record;
            return;
        }
        if (SnapshotNotice.TOPIC.equals(record.topic())) {
            SnapshotNotice notice = SnapshotNotice.of(record);
            if (notice != null) {
                ledger.noticed(notice);
            }
            return;
        }
        String op = op(record);
        if (op.equals("t")) {
            // It cuts its own transaction, and what is committed then must not be told of those before.
            commitWhole();
        }
        // A row of an incremental snapshot arrives inside the transaction of its watermark, and isn't a row of it.
        boolean incremental = op.equals("r");
        if (!incremental && record.headers().lastWithName("__debezium.oldkey") == null) {
            rowsSeen++;
        }
        if (!incremental && ledger.alreadyWritten(record)) {
            return;
        }
        if (writer.write(record)) {
            stats.rows.increment();
        }
    }

    /** The engine must have told of each row that the log has: it is known to have lost some in silence before. */
    private void check(CommitMark mark) {
        if (rowsSeen != mark.rows()) {
            throw new CaptureException("the log has " + mark.rows() + " rows for the transaction "
                    + mark.commitLsn() + ", the engine told of " + rowsSeen
                    + ". Nothing of it has been committed; this is a bug, please report it");
        }
        rowsSeen = 0;
        stats.sourceTransactions.increment();
        ledger.transactionEnded(mark.commitLsn());
    }

    private static String op(SourceRecord record) {
        return record.value() instanceof Struct envelope && envelope.schema().field("op") != null
                ? String.valueOf(envelope.getString("op"))
                : "";
    }

    private static CommitMark mark(SourceRecord record) {
        Struct message = ((Struct) record.value()).getStruct("message");
        @Nullable Object content = message.get("content");
        return CommitMark.PREFIX.equals(message.getString("prefix")) && content instanceof ByteBuffer bytes
                ? CommitMark.read(bytes)
                : CommitMark.pulse();
    }

    @Override
    public boolean supportsTombstoneEvents() {
        return false;
    }
}
