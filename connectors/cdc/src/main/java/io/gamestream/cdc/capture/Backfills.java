package io.gamestream.cdc.capture;

import io.gamestream.cdc.position.Progress;
import io.gamestream.cdc.source.TableName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that were added to a running capture: their rows are read by an incremental snapshot while the others go on. Used
 * by one thread.
 */
final class Backfills {

    private static final Logger LOG = LoggerFactory.getLogger(Backfills.class);
    private static final int TRIES = 5;

    /** Of a table whose rows are events: they are not the content of any topic. */
    static final String NO_TOPIC = "";

    private final Snapshots snapshots;
    private final Sweeper sweeper;
    private final Map<String, String> topics;
    private final Map<String, Map<Integer, Long>> running;
    private final Map<String, Map<Integer, Long>> toRequest = new TreeMap<>();
    private final Map<String, Long> readFrom;
    private final Set<String> unswept;
    private int failures;

    /**
     * The tables that are captured but not complete.
     *
     * @param topics by table, of all captured tables
     * @param before as an earlier run has left it
     * @param logEnd where the log ends now; what is asked for later is read later
     */
    Backfills(Snapshots snapshots, Sweeper sweeper, Map<String, String> topics, Progress before, long logEnd) {
        this.snapshots = snapshots;
        this.sweeper = sweeper;
        this.topics = topics;
        this.running = new HashMap<>(before.backfills());
        this.running.keySet().retainAll(topics.keySet());
        this.readFrom = new HashMap<>(before.readFrom());
        this.readFrom.keySet().retainAll(topics.keySet());
        this.unswept = new TreeSet<>(before.unswept());
        this.unswept.retainAll(running.keySet());
        for (Map.Entry<String, String> table : topics.entrySet()) {
            if (!before.tables().contains(table.getKey()) && !running.containsKey(table.getKey())) {
                String topic = table.getValue();
                toRequest.put(table.getKey(), topic.equals(NO_TOPIC) ? Map.of() : sweeper.ends(topic));
                this.readFrom.put(table.getKey(), logEnd);
            }
        }
    }

    Map<String, Map<Integer, Long>> running() {
        return running;
    }

    /** For each table that is being read: everything that was committed before this LSN is seen by the reading. */
    Map<String, Long> readFrom() {
        return readFrom;
    }

    /** Tables whose rows have all been read; what only their topics have is still to be removed. */
    Set<String> unswept() {
        return unswept;
    }

    /**
     * Whether the rows of a table are read after a transaction. Its changes then needn't be written, and a change that could
     * not be (of a shape that the table has no more) doesn't stop anything. Events are no rows: each counts.
     */
    boolean readsAfter(String table, long commitLsn) {
        boolean rows = !NO_TOPIC.equals(topics.getOrDefault(table, NO_TOPIC));
        return rows && commitLsn < readFrom.getOrDefault(table, 0L);
    }

    void noticed(SnapshotNotice notice) {
        snapshots.noticed(notice);
        String table = notice.table();
        if (table == null || !notice.completesTable() || !running.containsKey(table)) {
            return;
        }
        if (notice.complete()) {
            unswept.add(table);
            return;
        }
        if (++failures >= TRIES || "NO_PRIMARY_KEY".equals(notice.status())) {
            throw new CaptureException("table " + table + " was added to the capture, but its rows can't be read: "
                    + notice.status() + ". See the log; the table needs a primary key, and the capture's user SELECT");
        }
        LOG.warn("reading the rows of {} failed ({}); trying again", table, notice.status());
        toRequest.put(table, running.getOrDefault(table, Map.of()));
    }

    /**
     * Between two Kafka transactions, with the stream running: asks for what has not been asked for (the publication has
     * the table by now), and ends what is complete.
     *
     * @param commit ends a Kafka transaction; a restart from there ends it again
     * @return tables that are complete from the next commit on, which must follow
     */
    Set<String> betweenTransactions(long lsn, Runnable commit) {
        if (!toRequest.isEmpty()) {
            request();
        }
        Set<String> complete = Set.copyOf(unswept);
        for (String table : complete) {
            Map<Integer, Long> base = running.getOrDefault(table, Map.of());
            sweeper.removeStale(topics.getOrDefault(table, NO_TOPIC), base, lsn, commit);
            LOG.info("the rows of {} are complete in Kafka", table);
        }
        running.keySet().removeAll(complete);
        readFrom.keySet().removeAll(complete);
        unswept.clear();
        return complete;
    }

    private void request() {
        try {
            snapshots.request(toRequest.keySet().stream().map(TableName::parse).toList(), null);
        } catch (SQLException e) {
            throw new RetriableException(e);
        }
        LOG.info("reading the rows of {}, which are new in the capture or to be read again", toRequest.keySet());
        running.putAll(toRequest);
        toRequest.clear();
    }
}
