package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.StripeBalance;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One comparison of the books after the other. */
final class Reconciliation {

    /** Files at a time. Of a million orders each has some 4,000, which are 15 MB on the heap while they are compared. */
    private static final int SLICES = 256;

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final LocalBooks local;
    private final StripeBalance psp;
    private final ReconciliationSettings settings;
    private final InstantSource clock;

    Reconciliation(KafkaSettings kafka, AvroSerdes serdes, ReconciliationSettings settings, InstantSource clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.local = new LocalBooks(kafka, serdes);
        this.psp = new StripeBalance(settings.provider());
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A run's outcome.
     *
     * @param open differences that it has found
     * @param unreadable rows of the PSP that could not be read and were left out
     */
    record Run(ReconciliationReport report, List<ReconciliationBreak> open, int unreadable) {}

    /**
     * Compares and writes what it finds; writes nothing where one of the sides could not be read.
     *
     * @throws StripeBalance.UnreadableException where the PSP could not
     * @throws Publisher.OvertakenException where another run has begun since
     * @throws TooManyBreaksException where more differs than {@code max-breaks}
     * @throws org.apache.kafka.common.KafkaException where Kafka could not
     * @throws java.io.UncheckedIOException where there is no room on the disk
     */
    Run run() throws InterruptedException {
        Instant started = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // The PSP counts seconds.
        Instant until = started.truncatedTo(ChronoUnit.SECONDS);
        Books.Window window = new Books.Window(until.minus(settings.window()), until, settings.settle());
        String runId = "run-" + started.toEpochMilli();
        try (Publisher publisher = new Publisher(kafka, serdes);
                Slices slices = new Slices(SLICES)) {
            Map<String, ReconciliationBreak> before = local.open(settings.maxBreaks());
            Scope scope = new Scope(window, BreakRules.openSince(before), Set.of());
            int unreadable = read(slices, window.from().minus(settings.lookback()), until);
            Findings findings = Comparison.of(slices, scope, settings.maxBreaks());
            Instant finished = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<ReconciliationBreak> breaks = BreakRules.records(findings, before, runId, finished);
            ReconciliationReport report = ReconciliationReport.newBuilder()
                    .setRunId(runId)
                    .setFrom(window.from())
                    .setTo(window.until())
                    .setComplete(unreadable == 0)
                    .setBalanceTransactions(findings.moves())
                    .setPostings(findings.postings())
                    .setOrders(findings.orders())
                    .setMatched(findings.matched())
                    .setBreaks(BreakRules.counts(findings))
                    .setStartedAt(started)
                    .setFinishedAt(finished)
                    .build();
            publisher.write(breaks, report);
            return new Run(
                    report,
                    breaks.stream()
                            .filter(one -> one.getStatus() == BreakStatus.OPEN)
                            .toList(),
                    unreadable);
        }
    }

    /** @return rows of the PSP that are left out */
    private int read(Slices slices, Instant since, Instant until) throws InterruptedException {
        // First theirs: what has moved there has to be here, now or soon.
        int unreadable = psp.list(since, until, slices::add, slices::add);
        local.postings(since, posting -> slices.add(Posting.of(posting)));
        local.journal(since, view -> slices.add(view.getOrderId(), Claims.of(view)));
        slices.seal();
        return unreadable;
    }
}
