package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.capture.KafkaTransactions.CdcTransactions;
import io.gamestream.cdc.position.Checkpoint;
import io.gamestream.cdc.position.PositionReader;
import io.gamestream.cdc.position.Progress;
import io.gamestream.cdc.position.Progress.Phase;
import io.gamestream.cdc.source.SlotCheck;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.cdc.Position;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a capture running: starts it where Kafka says that it is, starts it again when a server was away, and ends with one
 * message when going on would lose something or can't help.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** What isn't understood is tried this often without any progress. */
    private static final int UNKNOWN_TRIES = 5;

    private final CdcSettings settings;
    private final KafkaSettings kafka;
    private final PostgresSettings postgres;
    private final SchemaRegistryClient registry;
    private final Serde<Position> positions;
    private final PositionReader reader;
    private final CaptureStats stats;
    private final String instance = UUID.randomUUID().toString();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Capture running;
    private boolean claimed;

    public Supervisor(
            CdcSettings settings,
            KafkaSettings kafka,
            PostgresSettings postgres,
            RegistrySettings registry,
            CaptureStats stats) {
        this.settings = settings;
        this.kafka = kafka;
        this.postgres = postgres;
        this.registry = SchemaRegistryClient.create(registry.serdeProperties());
        this.positions = new AvroSerdes(registry).valueSerde();
        this.reader = new PositionReader(kafka, positions.deserializer(), TopicCatalogue.POSITIONS.name());
        this.stats = stats;
        this.thread = new Thread(this::supervise, "cdc-capture");
    }

    /** Begins to capture, in a thread of its own. */
    public void start() {
        thread.start();
    }

    /** Completes exceptionally when the capture can't go on, normally when it was closed. */
    public CompletionStage<Void> ended() {
        return ended;
    }

    private void supervise() {
        Retries retries = new Retries(FIRST_PAUSE, LONGEST_PAUSE, settings.retryFor(), UNKNOWN_TRIES);
        while (!isStopping()) {
            long before = stats.kafkaTransactions.sum();
            try {
                attempt();
                if (!isStopping()) {
                    throw new IllegalStateException("the engine ended by itself");
                }
            } catch (Throwable e) {
                if (isStopping()) {
                    break;
                }
                Trouble trouble = fenced(Trouble.of(e, settings.slot()));
                Duration pause = retries.after(trouble.kind(), stats.kafkaTransactions.sum() > before + 1);
                LOG.debug("trouble", e);
                if (pause == null) {
                    stats.become(CaptureStats.State.STOPPED);
                    ended.completeExceptionally(new CaptureException(trouble.message(), e));
                    return;
                }
                LOG.warn("waiting {} ms, then going on: {}", pause.toMillis(), trouble.message());
                stats.waiting(trouble.message());
                stats.restarts.increment();
                pause(pause);
            }
        }
        stats.become(CaptureStats.State.STOPPED);
        ended.complete(null);
    }

    private void attempt() throws Exception {
        stats.become(CaptureStats.State.STARTING);
        requireUnclaimedByOthers();
        try (SourceDatabase database = SourceDatabase.open(postgres, "backbone cdc");
                KafkaTransactions transactions = new KafkaTransactions(kafka, transactions(), positions.serializer())) {
            Prepared prepared = Prepared.prepare(database, settings, new Destinations(kafka, registry, settings));
            transactions.start();
            Checkpoint last = reader.last(settings.slot()).orElse(null);
            Checkpoint from = last == null || last.progress().phase() == Phase.SNAPSHOT ? fresh(last) : last;
            transactions.resume(from.offsets());
            String capture = settings.slot() + "-" + UUID.randomUUID();
            Ledger ledger = new Ledger(
                    transactions, capture, instance, settings.transaction(), stats, seen -> snapshotLsn(seen), from);
            ledger.claim();
            claimed = true;
            checkSlot(database, last, from);
            stats.become(ledger.snapshotting() ? CaptureStats.State.SNAPSHOT : CaptureStats.State.STREAMING);
            LOG.info(
                    "capturing {} from {}",
                    settings.tables().stream().map(t -> t.table().toString()).toList(),
                    from.lsn());
            RowWriter writer =
                    new RowWriter(prepared.routes(), prepared.ignored(), transactions, new StoppingRefusals());
            BatchHandler handler = new BatchHandler(ledger, writer, stats, settings.slot() + ".message");
            run(new Capture(settings, postgres, prepared, capture, handler));
        }
    }

    private void run(Capture capture) throws Capture.EngineFailure {
        try (Pulse pulse = Pulse.start(postgres, stats, settings.pulse())) {
            running = capture;
            if (!isStopping()) {
                capture.run();
            }
        } finally {
            running = null;
        }
    }

    private void checkSlot(SourceDatabase database, @Nullable Checkpoint last, Checkpoint from) throws SQLException {
        if (from.progress().phase() == Phase.SNAPSHOT) {
            SlotCheck.forSnapshot(database, settings.slot(), last != null);
        } else {
            SlotCheck.forStreaming(database, settings.slot(), from.lsn());
        }
    }

    private Checkpoint fresh(@Nullable Checkpoint last) {
        Set<String> tables = settings.tables().stream()
                .map(table -> table.table().toString())
                .collect(Collectors.toSet());
        return new Checkpoint(
                0,
                new Progress(Phase.SNAPSHOT, instance, tables, Map.of(), null),
                last == null ? Map.of() : last.offsets(),
                Instant.EPOCH);
    }

    /** Without any row to tell, the slot does: nothing has been acknowledged yet. */
    private long snapshotLsn(long seen) {
        if (seen > 0) {
            return seen;
        }
        try (SourceDatabase database = SourceDatabase.open(postgres, "backbone cdc")) {
            return database.slot(settings.slot()).orElseThrow().confirmedLsn();
        } catch (SQLException e) {
            throw new org.apache.kafka.connect.errors.RetriableException(e);
        }
    }

    /** Starting a producer would fence a capture that has taken over while we were in trouble. */
    private void requireUnclaimedByOthers() {
        if (claimed
                && reader.last(settings.slot())
                        .filter(last -> !last.progress().instance().equals(instance))
                        .isPresent()) {
            throw new CaptureException(Trouble.takenOver(settings.slot()));
        }
    }

    /** The broker also fences a producer whose transaction it had to abort; then nobody has taken over. */
    private Trouble fenced(Trouble trouble) {
        if (!trouble.fenced()) {
            return trouble;
        }
        pause(Duration.ofSeconds(2));
        try {
            requireUnclaimedByOthers();
        } catch (CaptureException e) {
            return trouble;
        } catch (RuntimeException e) {
            LOG.debug("who has taken over can't be read now", e);
        }
        return trouble.passing("the broker has aborted a transaction of ours: "
                + trouble.cause().getMessage());
    }

    private CdcTransactions transactions() {
        return new CdcTransactions(
                settings.slot(),
                TopicCatalogue.POSITIONS.name(),
                settings.transaction().timeout(),
                settings.transaction().properties());
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration duration) {
        try {
            stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        Capture capture = running;
        if (capture != null) {
            capture.stop();
        }
        thread.join(TimeUnit.SECONDS.toMillis(8));
        positions.close();
    }
}
