package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.position.Checkpoint;
import io.gamestream.cdc.position.Progress;
import io.gamestream.cdc.source.SourceDatabase;
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
            Progress progress = new Progress(Progress.Phase.SNAPSHOT, "reset", Set.of(), Map.of(), Map.of(), null);
            transactions.commit(new Checkpoint(0, progress, offsets, Instant.EPOCH));
        }
        try (SourceDatabase database = SourceDatabase.open(connections.postgres(), "backbone cdc reset")) {
            drop(database, settings.slot());
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
