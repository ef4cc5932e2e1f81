package io.gamestream.cdc.ops;

import io.gamestream.cdc.capture.CaptureStats;
import io.gamestream.cdc.source.SlotInfo;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** The metrics of a capture; all have the label {@code slot}. */
public final class CaptureMetrics implements MeterBinder {

    private static final String[] WAL_STATUS = {"reserved", "extended", "unreserved", "lost"};

    private final String slot;
    private final CaptureStats stats;
    private final SlotWatch watch;

    public CaptureMetrics(String slot, CaptureStats stats, SlotWatch watch) {
        this.slot = slot;
        this.stats = stats;
        this.watch = watch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "cdc.rows", "Changes written to topics", stats.rows);
        counter(registry, "cdc.snapshot.rows", "Rows of the first snapshot written to topics", stats.snapshotRows);
        counter(registry, "cdc.batches", "Batches of the engine", stats.batches);
        counter(registry, "cdc.source.transactions", "Postgres transactions with rows", stats.sourceTransactions);
        counter(registry, "cdc.kafka.transactions", "Kafka transactions committed", stats.kafkaTransactions);
        counter(registry, "cdc.dead.letters", "Changes kept as dead letters", stats.deadLetters);
        counter(registry, "cdc.restarts", "Restarts after trouble that may pass", stats.restarts);
        gauge(registry, "cdc.lag.bytes", "Log that is not acknowledged", SlotInfo::lagBytes);
        gauge(registry, "cdc.retained.bytes", "Log that the database keeps for the slot", SlotInfo::retainedBytes);
        Gauge.builder("cdc.lag.ms", this, CaptureMetrics::lagMs)
                .description("Age of the newest change when readers could read it; grows while none can be written")
                .tag("slot", slot)
                .strongReference(true) // nothing else holds this object; collected, the gauge would say NaN
                .register(registry);
        Gauge.builder("cdc.position.lsn", stats, s -> s.lsn.get())
                .description("Every row of every transaction up to here is in Kafka")
                .tag("slot", slot)
                .register(registry);
        for (CaptureStats.State state : CaptureStats.State.values()) {
            Gauge.builder("cdc.state", stats, s -> s.state() == state ? 1 : 0)
                    .description("1 for what the capture is at")
                    .tag("slot", slot)
                    .tag("state", state.name().toLowerCase(java.util.Locale.ROOT))
                    .register(registry);
        }
        for (String status : WAL_STATUS) {
            Gauge.builder("cdc.slot.wal.status", watch, w -> {
                        SlotInfo seen = w.last();
                        return seen != null && seen.walStatus().equals(status) ? 1 : 0;
                    })
                    .description("1 for the slot's wal_status; lost means that changes are gone")
                    .tag("slot", slot)
                    .tag("status", status)
                    .register(registry);
        }
    }

    /** A log that waits while nothing has been committed for a second is older by that. */
    private double lagMs() {
        SlotInfo seen = watch.last();
        long silent = System.currentTimeMillis() - stats.committedAt.get();
        boolean behind = seen == null || seen.lagBytes() > 0;
        return behind && silent > 1_000 ? stats.lagMs.get() + silent : stats.lagMs.get();
    }

    private void counter(MeterRegistry registry, String name, String description, LongAdder adder) {
        FunctionCounter.builder(name, adder, LongAdder::sum)
                .description(description)
                .tag("slot", slot)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<SlotInfo> of) {
        Gauge.builder(
                        name,
                        watch,
                        w -> w.last() == null ? Double.NaN : of.applyAsDouble(Objects.requireNonNull(w.last())))
                .description(description)
                .tag("slot", slot)
                .register(registry);
    }
}
