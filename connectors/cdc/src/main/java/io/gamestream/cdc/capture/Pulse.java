package io.gamestream.cdc.capture;

import io.gamestream.cdc.source.LogEnd;
import io.gamestream.cdc.source.SourceDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Keeps the position at the end of the log while nothing that we capture happens: a small message into the log comes back
 * through the stream like a change. An idle database gets none: it is written only where the log has moved since. Where the
 * position is at the end, everything committed so far is covered, which is said once a second.
 */
final class Pulse implements Heart.Beat {

    /** A message from before the stream began doesn't come back. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final CaptureStats stats;
    private final BooleanSupplier streamed;
    private final Verified verified;
    private long lastEnd;
    private long lastNanos;

    /** Is told that the position is at the end of the log. */
    @FunctionalInterface
    interface Verified {

        /** Every transaction whose commit had returned by {@code end.at()} is covered by the position. */
        void at(LogEnd end);
    }

    /** @param streamed whether the stream has brought anything: until then nothing is known of the log's end */
    Pulse(CaptureStats stats, BooleanSupplier streamed, Verified verified) {
        this.stats = stats;
        this.streamed = streamed;
        this.verified = verified;
    }

    @Override
    public void beat(SourceDatabase database) throws SQLException {
        LogEnd end = database.logEnd();
        if (end.lsn() <= stats.lsn.get() && streamed.getAsBoolean()) {
            verified.at(end);
            return;
        }
        if (end.lsn() != lastEnd || System.nanoTime() - lastNanos > AGAIN.toNanos()) {
            lastEnd = database.emit(CommitMark.PULSE);
            lastNanos = System.nanoTime();
        }
    }
}
