package io.gamestream.payments.reconcile;

import io.gamestream.schemas.payments.BreakCount;
import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.ReconciliationReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How the last run ended. */
final class ReconciliationMetrics {

    private final Map<BreakKind, AtomicLong> open = new EnumMap<>(BreakKind.class);
    private final AtomicLong matched = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong succeededAt = new AtomicLong();
    private final Counter failures;

    ReconciliationMetrics(MeterRegistry registry) {
        for (BreakKind kind : BreakKind.values()) {
            if (kind != BreakKind.UNKNOWN) {
                AtomicLong count = new AtomicLong();
                open.put(kind, count);
                Gauge.builder("payments_reconciliation_breaks", count, AtomicLong::doubleValue)
                        .description("Open differences between the PSP's books and ours, by the last run")
                        .tag("kind", kind.name())
                        .register(registry);
            }
        }
        Gauge.builder("payments_reconciliation_matched", matched, AtomicLong::doubleValue)
                .description("Objects of the PSP on which all sides agree, by the last run")
                .register(registry);
        Gauge.builder("payments_reconciliation_unreadable", unreadable, AtomicLong::doubleValue)
                .description("Rows of the PSP that could not be read and were not compared, by the last run")
                .register(registry);
        Gauge.builder("payments_reconciliation_succeeded_at_seconds", succeededAt, AtomicLong::doubleValue)
                .description("When a run ended well last, seconds since 1970; 0 where none has yet")
                .register(registry);
        failures = Counter.builder("payments_reconciliation_failures")
                .description("Runs that could not read one of the sides")
                .register(registry);
    }

    void succeeded(ReconciliationReport report, int unreadableRows) {
        unreadable.set(unreadableRows);
        open.values().forEach(count -> count.set(0));
        for (BreakCount count : report.getBreaks()) {
            AtomicLong known = open.get(count.getKind());
            if (known != null) {
                known.set(count.getOpen());
            }
        }
        matched.set(report.getMatched());
        succeededAt.set(report.getFinishedAt().getEpochSecond());
    }

    void failed() {
        failures.increment();
    }
}
