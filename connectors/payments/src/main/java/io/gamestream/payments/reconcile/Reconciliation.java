package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.StripeBalance;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** One comparison of the books after the other. */
final class Reconciliation {

    /** Files at a time. Of a million orders each has some 4,000: by estimate, 15 MB on the heap while they are compared. */
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
            Map<String, Instant> recheck = BreakRules.recheck(before, until.minus(settings.recheck()));
            Instant since = since(window, recheck.values());
            Scope scope = new Scope(window, since, BreakRules.openSince(before), recheck.keySet());
            int unreadable = read(slices, since, until);
            Findings findings = Comparison.of(slices, scope, settings.maxBreaks());
            Instant finished = clock.instant().truncatedTo(ChronoUnit.MICROS);
            BreakRules.Outcome outcome = BreakRules.outcome(findings, before, runId, finished, settings.every());
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
            publisher.write(outcome.news(), report);
            return new Run(report, outcome.open(), unreadable);
        }
    }

    /** All that was read by the runs that have found what is judged again is read once more. */
    private Instant since(Books.Window window, Collection<Instant> firstSeen) {
        Instant from = firstSeen.stream()
                .map(seen -> seen.minus(settings.window()))
                .filter(window.from()::isAfter)
                .min(Instant::compareTo)
                .orElse(window.from());
        // The PSP counts seconds.
        return from.minus(settings.lookback()).truncatedTo(ChronoUnit.SECONDS);
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
