package io.gamestream.chaos.payments;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.RunOptions;
import io.gamestream.chaos.payments.plan.Plan;
import io.gamestream.chaos.payments.plant.Bug;
import io.gamestream.chaos.payments.run.Outcome;
import io.gamestream.chaos.payments.run.PaymentsRun;
import io.gamestream.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exit status: 0 where everything held (with {@code --plant}: where the bug was found), 1 where not, 2 for wrong arguments. */
@Command(
        name = "payments",
        sortOptions = false,
        description =
                "Kills, freezes and restarts gateway, worker, saga, capture and broker while orders are placed and the PSP"
                        + " misbehaves; then checks that nobody was charged twice and no paid game is missing.")
public final class PaymentsCommand implements Callable<Integer> {

    @Option(names = "--orders", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    int orders;

    @Mixin
    RunOptions common = new RunOptions();

    @Option(
            names = "--minutes",
            defaultValue = "5",
            description = "How long orders are placed and things are killed. Default: ${DEFAULT-VALUE}.")
    double minutes;

    @Option(
            names = "--kills",
            defaultValue = "20",
            description = "Kills, freezes and restarts, together. Default: ${DEFAULT-VALUE}.")
    int kills;

    @Option(
            names = "--quiet",
            defaultValue = "300",
            description = "Seconds within which everything must have come to rest. Default: ${DEFAULT-VALUE}.")
    int quietSeconds;

    @Option(
            names = "--recovery",
            defaultValue = "60",
            description = "Seconds within which what was killed must work again. Default: ${DEFAULT-VALUE}.")
    int recoverySeconds;

    @Option(
            names = "--plant",
            paramLabel = "BUG",
            description =
                    "Plants a bug into one of the services of this run, and expects it to be found: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Bugs.class,
            converter = BugConverter.class)
    @Nullable
    Bug bug;

    @Option(
            names = "--output",
            defaultValue = "bench-results/chaos-payments.json",
            description = "Default: ${DEFAULT-VALUE}.")
    Path output = Path.of("bench-results/chaos-payments.json");

    @Override
    public Integer call() throws IOException, InterruptedException {
        long chosen = common.seed();
        Path data = common.open("payments");
        Report report = new Report(System.out, kills);
        System.out.println("chaos payments, seed " + chosen + (bug == null ? "" : ", planted: " + bug.meaning())
                + ", logs below " + data);
        try {
            Duration within = Duration.ofMillis((long) (minutes * 60_000));
            Outcome outcome = new PaymentsRun(
                            new PaymentsRun.Options(
                                    chosen,
                                    orders,
                                    Plan.of(chosen, kills, within),
                                    within,
                                    Duration.ofSeconds(quietSeconds),
                                    Duration.ofSeconds(recoverySeconds),
                                    bug,
                                    common.home(),
                                    data),
                            report)
                    .run();
            Report.write(outcome, output);
            report.print(outcome);
            if (outcome.good()) {
                common.deleteUnlessWanted(data);
            }
            return outcome.good() ? 0 : 1;
        } catch (ChaosException | StackException e) {
            System.err.println("chaos payments: " + e.getMessage());
            System.out.println("not held: the run could not go on (seed " + chosen + ", logs below " + data + ")");
            return 1;
        }
    }

    /** As they are written on the command line. */
    static final class Bugs implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }

        private static List<String> names() {
            return Arrays.stream(Bug.values()).map(Bug::toString).toList();
        }
    }

    /** From the command line. */
    static final class BugConverter implements CommandLine.ITypeConverter<Bug> {

        @Override
        public Bug convert(String value) {
            return Arrays.stream(Bug.values())
                    .filter(one -> one.toString().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "'" + value + "' (expected: one of " + Bugs.names() + ")"));
        }
    }
}
