package io.gamestream.cdc.ops;

import io.gamestream.cdc.source.SlotInfo;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.cdc.source.SourceException;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the slot now and then, so that a scrape costs the database nothing. */
public final class SlotWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PostgresSettings postgres;
    private final String slot;
    private final ScheduledExecutorService timer;
    private volatile @Nullable SlotInfo last;
    private String warned = "";

    private SlotWatch(PostgresSettings postgres, String slot) {
        this.postgres = postgres;
        this.slot = slot;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cdc-slot-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look throws nothing
    public static SlotWatch start(PostgresSettings postgres, String slot) {
        SlotWatch watch = new SlotWatch(postgres, slot);
        watch.timer.scheduleWithFixedDelay(watch::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** As last seen; null where there is no slot, or the database didn't answer. */
    public @Nullable SlotInfo last() {
        return last;
    }

    private void look() {
        try (SourceDatabase database = SourceDatabase.open(postgres, "backbone cdc watch")) {
            SlotInfo seen = database.slot(slot).orElse(null);
            last = seen;
            warn(seen);
        } catch (SQLException | SourceException e) {
            last = null;
            LOG.debug("the slot can't be looked at: {}", e.toString());
        }
    }

    /** Once per change: what is retained beyond its limit is about to be lost. */
    private void warn(@Nullable SlotInfo seen) {
        String status = seen == null ? "" : seen.walStatus();
        if (seen != null && !status.equals(warned) && !status.equals("reserved")) {
            LOG.warn(
                    "slot {} has wal_status = {}: {} MB of log are kept for it. Beyond max_slot_wal_keep_size it is lost",
                    slot,
                    status,
                    seen.retainedBytes() >> 20);
        }
        warned = status;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
