package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.StripeBalance;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** One comparison of the books after the other. */
final class Reconciliation {

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
     * @param breaks all that were written: open ones, and those that it has closed
     * @param unreadable rows of the PSP that could not be read and were left out
     */
    record Run(ReconciliationReport report, List<ReconciliationBreak> breaks, int unreadable) {}

    /**
     * Compares and writes what it finds; writes nothing where one of the sides could not be read.
     *
     * @throws StripeBalance.UnreadableException where the PSP could not
     * @throws Publisher.OvertakenException where another run has begun since
     * @throws org.apache.kafka.common.KafkaException where Kafka could not
     */
    Run run() throws InterruptedException {
        Instant started = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // The PSP counts seconds.
        Instant until = started.truncatedTo(ChronoUnit.SECONDS);
        Books.Window window = new Books.Window(until.minus(settings.window()), until, settings.settle());
        Instant since = window.from().minus(settings.lookback());
        String runId = "run-" + started.toEpochMilli();
        try (Publisher publisher = new Publisher(kafka, serdes)) {
            Map<String, ReconciliationBreak> before = local.open();
            // First theirs: what has moved there has to be here, now or soon.
            StripeBalance.Listing theirs = psp.list(since, until);
            List<LedgerPosting> postings = local.postings(since);
            List<PaymentView> journal = local.journal(since);
            Findings findings = ReconciliationRules.compare(new Books(
                    theirs.moves(), theirs.disputes(), postings, journal, BreakRules.openSince(before), window));
            Instant finished = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<ReconciliationBreak> breaks = BreakRules.records(findings, before, runId, finished);
            ReconciliationReport report = ReconciliationReport.newBuilder()
                    .setRunId(runId)
                    .setFrom(window.from())
                    .setTo(window.until())
                    .setComplete(theirs.unreadable() == 0)
                    .setBalanceTransactions(findings.moves())
                    .setPostings(findings.postings())
                    .setOrders(findings.orders())
                    .setMatched(findings.matched())
                    .setBreaks(BreakRules.counts(findings))
                    .setStartedAt(started)
                    .setFinishedAt(finished)
                    .build();
            publisher.write(breaks, report);
            return new Run(report, breaks, theirs.unreadable());
        }
    }
}
