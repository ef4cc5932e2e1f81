package io.gamestream.bench.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Latencies in milliseconds, recorded from any thread with microsecond resolution. */
public final class Latencies {

    private static final long HIGHEST_MICROS = 600_000_000L;
    private final Recorder recorder = new Recorder(HIGHEST_MICROS, 3);

    /** Records the time since {@code startNanos} of {@link System#nanoTime()}. */
    public void recordSince(long startNanos) {
        recordMicros((System.nanoTime() - startNanos) / 1_000);
    }

    public void recordMicros(long micros) {
        recorder.recordValue(Math.min(Math.max(micros, 0), HIGHEST_MICROS));
    }

    /** What was recorded since the last call. */
    public Summary take() {
        Histogram histogram = recorder.getIntervalHistogram();
        return new Summary(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getMaxValue() / 1e3);
    }

    /**
     * What a run showed.
     *
     * @param count of values
     * @param p50 median, ms
     * @param p99 99th percentile, ms
     * @param max highest, ms
     */
    public record Summary(long count, double p50, double p99, double max) {}
}
