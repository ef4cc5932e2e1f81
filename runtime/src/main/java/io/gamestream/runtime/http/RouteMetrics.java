package io.gamestream.runtime.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counters of one method on one route. */
final class RouteMetrics {

    /** Upper bounds in seconds; fixed, since dashboards and alerts name them. */
    static final double[] BOUNDS = {.005, .01, .025, .05, .1, .2, .3, .5, .7, 1, 3, 5, 7, 10};

    private static final int FIRST_STATUS = 100;
    private static final int STATUSES = 500;
    private static final double NANOS = 1e9;

    private final Labels labels;
    private final AtomicReferenceArray<@Nullable LongAdder> byStatus = new AtomicReferenceArray<>(STATUSES);
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    RouteMetrics(Labels labels) {
        this.labels = labels;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void record(int status, long elapsedNanos) {
        adder(Math.max(0, Math.min(STATUSES - 1, status - FIRST_STATUS))).increment();
        buckets[bucket(elapsedNanos / NANOS)].increment();
        nanos.add(elapsedNanos);
    }

    void collect(CounterSnapshot.Builder requests, HistogramSnapshot.Builder durations) {
        for (int i = 0; i < STATUSES; i++) {
            LongAdder count = byStatus.get(i);
            if (count != null) {
                requests.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels.add("status_code", Integer.toString(FIRST_STATUS + i)))
                        .value((double) count.sum())
                        .build());
            }
        }
        ClassicHistogramBuckets.Builder counts = ClassicHistogramBuckets.builder();
        for (int i = 0; i < buckets.length; i++) {
            counts.bucket(i < BOUNDS.length ? BOUNDS[i] : Double.POSITIVE_INFINITY, buckets[i].sum());
        }
        durations.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(counts.build())
                .sum(nanos.sum() / NANOS)
                .build());
    }

    /** Most requests fall into the first bucket, so a search from below beats a binary one. */
    private static int bucket(double seconds) {
        int i = 0;
        while (i < BOUNDS.length && seconds > BOUNDS[i]) {
            i++;
        }
        return i;
    }

    private LongAdder adder(int index) {
        LongAdder found = byStatus.get(index);
        if (found != null) {
            return found;
        }
        LongAdder made = new LongAdder();
        LongAdder raced = byStatus.compareAndExchange(index, null, made);
        return raced == null ? made : raced;
    }
}
