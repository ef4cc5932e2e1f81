package io.gamestream.serving.read;

import io.gamestream.runtime.http.Readiness;
import io.gamestream.serving.view.LogEnds.Progress;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Readiness of the views: ready when all that this instance has been given is loaded, for the first time; later rebalances keep
 * it ready, since reads go on from what was there, or from others.
 */
final class LoadProgress {

    private static final double NANOS = 1e9;

    private final LongSupplier nanoClock;
    private long startNanos;
    private long startLoaded = -1;
    private boolean everReady;

    LoadProgress(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    Readiness.Status status(State state, Progress now) {
        if (state == State.ERROR || state == State.NOT_RUNNING || state.isShuttingDown()) {
            return Readiness.Status.waiting("the view topology is " + state);
        }
        if (everReady || (state == State.RUNNING && now.complete() == now.partitions())) {
            everReady = true;
            return Readiness.Status.READY;
        }
        if (now.partitions() == 0) {
            return Readiness.Status.waiting("waiting for partitions from the group (" + state + ")", 0);
        }
        if (startLoaded < 0) {
            startNanos = nanoClock.getAsLong();
            startLoaded = now.loaded();
        }
        double share = now.end() == 0 ? 1 : (double) now.loaded() / now.end();
        return Readiness.Status.waiting(
                String.format(
                        Locale.ROOT,
                        "loading: %d of %d records, %.1f %%, %s; %d of %d partitions complete",
                        now.loaded(),
                        now.end(),
                        share * 100,
                        remaining(now),
                        now.complete(),
                        now.partitions()),
                share);
    }

    private String remaining(Progress now) {
        double seconds = (nanoClock.getAsLong() - startNanos) / NANOS;
        double rate = (now.loaded() - startLoaded) / Math.max(seconds, 1e-3);
        return rate <= 0
                ? "no estimate yet"
                : String.format(Locale.ROOT, "%.0f s left", (now.end() - now.loaded()) / rate);
    }
}
