package io.gamestream.cdc.capture;

import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the position at the end of the log while nothing that we capture happens: a small message into the log comes back
 * through the stream like a change. An idle database gets none: it is written only where the log has moved since.
 */
final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** A message from before the stream began doesn't come back. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final PostgresSettings postgres;
    private final CaptureStats stats;
    private final ScheduledExecutorService timer;
    private @Nullable SourceDatabase database;
    private long lastEnd;
    private long lastNanos;

    private Pulse(PostgresSettings postgres, CaptureStats stats) {
        this.postgres = postgres;
        this.stats = stats;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cdc-pulse");
            thread.setDaemon(true);
            return thread;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // beat throws nothing
    static Pulse start(PostgresSettings postgres, CaptureStats stats, Duration every) {
        Pulse pulse = new Pulse(postgres, stats);
        pulse.timer.scheduleWithFixedDelay(pulse::beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return pulse;
    }

    private void beat() {
        try {
            SourceDatabase open = database;
            if (open == null) {
                open = SourceDatabase.open(postgres, "backbone cdc pulse");
                database = open;
            }
            long end = open.insertLsn();
            boolean moved = end != lastEnd || System.nanoTime() - lastNanos > AGAIN.toNanos();
            if (moved && end > stats.lsn.get()) {
                lastEnd = open.emit(CommitMark.PULSE);
                lastNanos = System.nanoTime();
            }
        } catch (SQLException | RuntimeException e) {
            // The engine has a connection of its own and reports what is wrong with the database.
            LOG.debug("no pulse: {}", e.toString());
            disconnect();
        }
    }

    private void disconnect() {
        SourceDatabase open = database;
        database = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("closing a broken connection: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (timer.awaitTermination(2, TimeUnit.SECONDS)) {
                disconnect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
