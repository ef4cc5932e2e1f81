package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.position.Checkpoint;
import io.gamestream.cdc.position.Progress;
import io.gamestream.cdc.position.Progress.Phase;
import io.gamestream.cdc.source.Lsn;
import io.gamestream.cdc.source.PublicationCheck;
import io.gamestream.cdc.source.SlotCheck;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.cdc.source.TableName;
import io.gamestream.schemas.TopicCatalogue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to capture: checks everything, finds the position, takes the slot and runs the engine until it ends. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final CdcSettings settings;
    private final Connections connections;
    private final CaptureStats stats;
    private final Snapshots snapshots;
    private final String instance;

    Attempt(CdcSettings settings, Connections connections, CaptureStats stats, Snapshots snapshots, String instance) {
        this.settings = settings;
        this.connections = connections;
        this.stats = stats;
        this.snapshots = snapshots;
        this.instance = instance;
    }

    /**
     * Runs until the engine ends.
     *
     * @param claimed called once the slot is ours
     * @param engine is given the engine before it runs
     */
    void run(Runnable claimed, Consumer<Capture> engine) throws Exception {
        try (SourceDatabase database = SourceDatabase.open(connections.postgres(), "backbone cdc");
                KafkaTransactions transactions = KafkaTransactions.open(connections, settings)) {
            Prepared prepared = Prepared.prepare(
                    database, settings, new Destinations(connections.kafka(), connections.registry(), settings));
            transactions.start();
            HangingTransactions.end(connections.kafka(), settings.slot(), prepared.partitions(), transactions);
            // Only now: a zombie's transaction has been settled.
            Checkpoint last = connections.positionReader().last(settings.slot()).orElse(null);
            Checkpoint from = last == null || last.progress().phase() == Phase.SNAPSHOT
                    ? fresh(last)
                    : last.capturing(topics().keySet());
            transactions.resume(from.offsets());
            prepared.resume(from.progress().filled());
            snapshots.useSignals(prepared.signals());
            Sweeper sweeper = new Sweeper(
                    new Sweep(connections.kafka(), "cdc-" + settings.slot() + "-sweep", Sweep.MAX_BYTES),
                    transactions,
                    prepared.partitions());
            String capture = settings.slot() + "-" + UUID.randomUUID();
            Ledger ledger = ledger(
                    prepared,
                    transactions,
                    sweeper,
                    capture,
                    from,
                    database.logEnd().lsn());
            ledger.claim();
            claimed.run();
            checkSlot(database, last, from);
            stats.become(ledger.snapshotting() ? CaptureStats.State.SNAPSHOT : CaptureStats.State.STREAMING);
            LOG.info("capturing {} from {}", topics().keySet(), Lsn.format(from.lsn()));
            Emitter emitter = new Emitter(transactions);
            RowWriter writer = new RowWriter(
                    prepared.sinks(),
                    prepared.ignored(),
                    ledger::comesWithReading,
                    emitter,
                    refusals(emitter, ledger, sweeper));
            BatchHandler handler = new BatchHandler(ledger, writer, stats, settings.slot() + ".message");
            run(new Capture(settings, connections.postgres(), prepared, capture, handler), handler, engine);
        }
    }

    private void run(Capture capture, BatchHandler handler, Consumer<Capture> engine) throws Capture.EngineFailure {
        List<Heart.Beat> beats = List.of(
                new Pulse(stats, handler::streamed, handler::verified),
                new PublicationWatch(settings.publication(), settings.captured(), handler::streamed));
        try (Heart heart = Heart.start(connections.postgres(), settings.pulse(), beats, capture::fail)) {
            engine.accept(capture);
            capture.run();
        }
    }

    private Ledger ledger(
            Prepared prepared,
            KafkaTransactions transactions,
            Sweeper sweeper,
            String capture,
            Checkpoint from,
            long logEnd) {
        Map<String, Map<Integer, Long>> before = new HashMap<>();
        if (from.progress().phase() == Phase.SNAPSHOT) {
            settings.tables().forEach(table -> before.put(table.topic(), sweeper.ends(table.topic())));
        }
        Backfills backfills = new Backfills(snapshots, sweeper, topics(), from.progress(), logEnd);
        return new Ledger(
                transactions,
                new Ledger.Owner(capture, instance),
                stats,
                (seen, commit) -> endSnapshot(seen, sweeper, before, commit),
                backfills,
                prepared::filled,
                from);
    }

    private ChangeRefusals refusals(Emitter emitter, Ledger ledger, Sweeper sweeper) {
        return new ChangeRefusals(
                settings.onUnmappable(),
                settings.onTruncate(),
                TopicCatalogue.CDC_DEAD_LETTERS.name(),
                emitter,
                ledger,
                sweeper,
                stats);
    }

    private void checkSlot(SourceDatabase database, @Nullable Checkpoint last, Checkpoint from) throws SQLException {
        if (from.progress().phase() == Phase.SNAPSHOT) {
            SlotCheck.forSnapshot(database, settings.slot(), last != null);
        } else {
            SlotCheck.forStreaming(database, settings.slot(), from.lsn());
            PublicationCheck.requireWhole(database, settings.publication(), alreadyCaptured(from.progress()));
        }
    }

    /** Those that are new in the configuration are put into the publication by the engine. */
    private List<TableName> alreadyCaptured(Progress progress) {
        return settings.captured().stream()
                .filter(table -> progress.tables().contains(table.toString())
                        || progress.backfills().containsKey(table.toString()))
                .toList();
    }

    private Checkpoint fresh(@Nullable Checkpoint last) {
        return new Checkpoint(
                0,
                new Progress(
                        Phase.SNAPSHOT,
                        instance,
                        Set.copyOf(topics().keySet()),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Map.of(),
                        Map.of(),
                        null),
                last == null ? Map.of() : last.offsets(),
                Instant.EPOCH,
                null);
    }

    /** By table; an outbox has none of which it would be the content. */
    private Map<String, String> topics() {
        Map<String, String> topics = new TreeMap<>();
        settings.tables().forEach(table -> topics.put(table.table().toString(), table.topic()));
        settings.outbox().forEach(outbox -> topics.put(outbox.table().toString(), Backfills.NO_TOPIC));
        return topics;
    }

    /** Keys that the topics had before and the snapshot hasn't are gone from the tables. */
    private long endSnapshot(long seen, Sweeper sweeper, Map<String, Map<Integer, Long>> before, Runnable commit) {
        long lsn = snapshotLsn(seen);
        before.forEach((topic, ends) -> sweeper.removeStale(topic, ends, lsn, commit));
        return lsn;
    }

    /** Without any row to tell, the slot does: nothing has been acknowledged yet. */
    private long snapshotLsn(long seen) {
        if (seen > 0) {
            return seen;
        }
        try (SourceDatabase database = SourceDatabase.open(connections.postgres(), "backbone cdc")) {
            return database.slot(settings.slot()).orElseThrow().confirmedLsn();
        } catch (SQLException e) {
            throw new RetriableException(e);
        }
    }
}
