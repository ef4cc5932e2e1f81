package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.StripeBalance;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./backbone reconcile}: one comparison of the books, now; written to the same topics as the hourly ones. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = "Compares the PSP's balance with the ledger and the journal, and lists what differs.",
        footer =
                "%nExit status: 0 where everything agrees or is too young to tell, 1 where something differs or could not"
                        + " be read.")
public final class ReconcileCommand implements Callable<Integer> {

    private static final int TRIES = 3;

    @Spec
    CommandSpec spec;

    @Mixin
    SettingsOptions options = new SettingsOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new ReconcileCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Settings settings = options.load();
            Reconciliation.Run run = run(new Reconciliation(
                    settings.bind("kafka", KafkaSettings.class),
                    new AvroSerdes(settings.bind("registry", RegistrySettings.class)),
                    settings.bind(ReconciliationService.NAME, ReconciliationSettings.class),
                    InstantSource.system()));
            List<ReconciliationBreak> open = run.open();
            print(run.report(), open);
            if (run.unreadable() > 0) {
                spec.commandLine()
                        .getErr()
                        .println("backbone: " + run.unreadable()
                                + " rows of the PSP can't be read and were not compared; the log names them");
                return 1;
            }
            return open.stream().allMatch(one -> one.getKind() == BreakKind.TIMING) ? 0 : 1;
        } catch (SettingsException
                | KafkaException
                | StripeBalance.UnreadableException
                | TooManyBreaksException
                | UncheckedIOException
                | Publisher.OvertakenException e) {
            spec.commandLine().getErr().println("backbone: " + Reasons.of(e));
            return 1;
        }
    }

    /** The service's own comparison may begin in the middle of this one. */
    private Reconciliation.Run run(Reconciliation reconciliation) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return reconciliation.run();
            } catch (Publisher.OvertakenException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                spec.commandLine().getErr().println("another comparison has begun since; once more");
            }
        }
    }

    private void print(ReconciliationReport report, List<ReconciliationBreak> open) {
        PrintWriter out = spec.commandLine().getOut();
        open.forEach(one -> out.printf(
                "%-13s %s  order %s  ours %s, the PSP's %s %s (since %s)%n",
                one.getKind(),
                one.getPspObjectId(),
                one.getOrderId() == null ? "unknown" : one.getOrderId(),
                one.getExpected(),
                one.getActual(),
                one.getCurrency(),
                one.getFirstSeenAt()));
        out.printf(
                "%s: %d balance transactions, %d postings, %d orders from %s to %s; %d objects agree, %d differ%n",
                report.getRunId(),
                report.getBalanceTransactions(),
                report.getPostings(),
                report.getOrders(),
                report.getFrom(),
                report.getTo(),
                report.getMatched(),
                open.size());
        out.flush();
    }
}
