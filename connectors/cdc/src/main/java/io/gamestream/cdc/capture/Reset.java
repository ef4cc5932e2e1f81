package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.position.Checkpoint;
import io.gamestream.cdc.position.Progress;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.cdc.source.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Forgets how far a capture is, so that its next start begins with a snapshot. */
public final class Reset {

    private static final Duration RELEASE_WITHIN = Duration.ofSeconds(10);
    private static final String OBJECT_IN_USE = "55006";

    private Reset() {}

    /** Fences a capture that runs, says in Kafka that the first snapshot is to be taken, and drops the slot. */
    public static void run(CdcSettings settings, Connections connections) throws SQLException, InterruptedException {
        try (KafkaTransactions transactions = KafkaTransactions.open(connections, settings)) {
            transactions.start();
            Map<org.apache.kafka.common.TopicPartition, Long> offsets = connections
                    .positionReader()
                    .last(settings.slot())
                    .map(Checkpoint::offsets)
                    .orElse(Map.of());
            Progress progress = new Progress(
                    Progress.Phase.SNAPSHOT,
                    Progress.RESET,
                    Set.of(),
                    Map.of(),
                    Map.of(),
                    Set.of(),
                    Map.of(),
                    Map.of(),
                    null);
            transactions.commit(new Checkpoint(0, progress, offsets, Instant.EPOCH, null));
        }
        try (SourceDatabase database = SourceDatabase.open(connections.postgres(), "backbone cdc reset")) {
            drop(database, settings.slot());
        }
    }

    /**
     * Fences a capture that runs and says in Kafka that the rows of one table are to be read again, while the others go on.
     *
     * @throws CaptureException where there is nothing to go on from
     */
    public static void table(CdcSettings settings, Connections connections, TableName table) {
        if (!settings.captured().contains(table)) {
            throw new CaptureException(
                    "table " + table + " isn't captured (cdc.tables, cdc.outbox: " + settings.captured() + ")");
        }
        try (KafkaTransactions transactions = KafkaTransactions.open(connections, settings)) {
            transactions.start();
            Checkpoint last = connections.positionReader().last(settings.slot()).orElse(null);
            if (last == null || last.progress().phase() == Progress.Phase.SNAPSHOT) {
                throw new CaptureException("slot " + settings.slot()
                        + " has no complete snapshot yet: the next start of the" + " capture reads all tables");
            }
            transactions.commit(new Checkpoint(
                    last.lsn(),
                    last.progress().without(table.toString()),
                    last.offsets(),
                    last.sourceAt(),
                    last.verifiedAt()));
        }
    }

    private static void drop(SourceDatabase database, String slot) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + RELEASE_WITHIN.toNanos();
        while (database.slot(slot).isPresent()) {
            Integer pid = database.slot(slot).orElseThrow().activePid();
            if (pid != null) {
                database.terminate(pid);
            }
            try {
                database.dropSlot(slot);
            } catch (SQLException e) {
                if (!OBJECT_IN_USE.equals(e.getSQLState()) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
