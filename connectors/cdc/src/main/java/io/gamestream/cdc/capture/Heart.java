package io.gamestream.cdc.capture;

import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a capture does by the clock and not by a change, over one connection to the database and in one thread. */
final class Heart implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

    private static final Duration LOCKS = Duration.ofMillis(200);

    private final PostgresSettings postgres;
    private final List<Beat> beats;
    private final Consumer<Throwable> fail;
    private final ScheduledExecutorService timer;
    private volatile @Nullable SourceDatabase database;

    /** One thing to do at each beat. */
    interface Beat {

        /**
         * Does it.
         *
         * @throws SQLException where the database is in trouble: the beat is left out, since the engine has a connection of
         *     its own and reports what is wrong
         */
        void beat(SourceDatabase database) throws SQLException;
    }

    private Heart(PostgresSettings postgres, List<Beat> beats, Consumer<Throwable> fail) {
        this.postgres = postgres;
        this.beats = beats;
        this.fail = fail;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cdc-heart");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to beat.
     *
     * @param fail is given what ends the capture: anything but trouble with the database
     */
    @SuppressWarnings("FutureReturnValueIgnored") // beat throws nothing
    static Heart start(PostgresSettings postgres, Duration every, List<Beat> beats, Consumer<Throwable> fail) {
        Heart heart = new Heart(postgres, beats, fail);
        heart.timer.scheduleWithFixedDelay(heart::beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return heart;
    }

    private void beat() {
        try {
            SourceDatabase open = database;
            if (open == null) {
                open = SourceDatabase.open(postgres, "backbone cdc pulse");
                // Whoever holds a lock on a captured table must not stop the pulse.
                open.waitForLocks(LOCKS);
                database = open;
            }
            for (Beat beat : beats) {
                beat.beat(open);
            }
        } catch (SQLException e) {
            LOG.debug("no pulse: {}", e.toString());
            disconnect();
        } catch (Throwable e) {
            timer.shutdown();
            fail.accept(e);
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
            SourceDatabase open = database;
            if (!timer.awaitTermination(2, TimeUnit.SECONDS) && open != null) {
                open.abort();
            }
            disconnect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
