package io.gamestream.chaos.payments;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.RunOptions;
import io.gamestream.chaos.payments.plan.Plan;
import io.gamestream.chaos.payments.plant.Bug;
import io.gamestream.chaos.payments.plant.Shape;
import io.gamestream.chaos.payments.run.Outcome;
import io.gamestream.chaos.payments.run.PaymentsRun;
import io.gamestream.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    private static final String NAME = "payments";
    private static final String ALL = "all";

    @Option(names = "--orders", description = "Default: 1000; with --plant what is known to find the bug.")
    @Nullable
    Integer orders;

    @Mixin
    RunOptions common = new RunOptions();

    @Option(
            names = "--minutes",
            description = "How long orders are placed and things are killed. Default: 5; with --plant as above.")
    @Nullable
    Double minutes;

    @Option(
            names = "--kills",
            description =
                    "Kills and freezes, together; restarts come on top, one for five of them. Default: 20; with --plant as above.")
    @Nullable
    Integer kills;

    @Option(
            names = "--quiet",
            description =
                    "Seconds within which everything must have come to rest. Default: 300; with --plant as above.")
    @Nullable
    Integer quietSeconds;

    @Option(
            names = "--recovery",
            defaultValue = "60",
            description = "Seconds within which what was killed must work again. Default: ${DEFAULT-VALUE}.")
    int recoverySeconds;

    @Option(
            names = "--plant",
            paramLabel = "BUG",
            description =
                    "Plants a bug into one of the services of this run, and expects it to be found: ${COMPLETION-CANDIDATES};"
                            + " all runs one after another.",
            completionCandidates = Words.class,
            converter = BugsConverter.class)
    @Nullable
    Bugs bugs;

    @Option(
            names = "--output",
            defaultValue = "bench-results/chaos-payments.json",
            description = "Default: ${DEFAULT-VALUE}.")
    Path output = Path.of("bench-results/chaos-payments.json");

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (bugs == null) {
            return run(null, common.open(NAME), output) ? 0 : 1;
        }
        if (bugs.all().size() == 1) {
            return run(bugs.all().get(0), common.open(NAME), output) ? 0 : 1;
        }
        List<String> lines = new ArrayList<>();
        int missed = 0;
        for (Bug bug : bugs.all()) {
            boolean found = run(bug, common.open(NAME, bug.toString()), output(bug));
            missed += found ? 0 : 1;
            lines.add((found ? "found      " : "not found  ") + bug + " breaks " + bug.breaks());
        }
        System.out.println();
        lines.forEach(System.out::println);
        System.out.println(
                (missed == 0 ? "found: all " : "not found: " + missed + " of ") + lines.size() + " planted bugs");
        return missed == 0 ? 0 : 1;
    }

    /** Whether everything held; with a bug: whether it was found. */
    private boolean run(@Nullable Bug bug, Path data, Path into) throws IOException, InterruptedException {
        Shape shape = shape(bug);
        long chosen = common.seed(shape.seed());
        Duration within = Duration.ofMillis((long) (shape.minutes() * 60_000));
        Plan plan = Plan.of(chosen, shape.kills(), within);
        Report report = new Report(System.out, plan.acts().size());
        System.out.println("chaos payments, seed " + chosen + (bug == null ? "" : ", planted: " + bug.meaning())
                + ", logs below " + data);
        try {
            Outcome outcome = new PaymentsRun(
                            new PaymentsRun.Options(
                                    chosen,
                                    shape.orders(),
                                    plan,
                                    within,
                                    Duration.ofSeconds(shape.quietSeconds()),
                                    Duration.ofSeconds(recoverySeconds),
                                    bug,
                                    common.home(),
                                    data),
                            report)
                    .run();
            Report.write(outcome, into);
            report.print(outcome);
            if (outcome.good()) {
                common.deleteUnlessWanted(data);
            }
            return outcome.good();
        } catch (ChaosException | StackException e) {
            System.err.println("chaos payments: " + e.getMessage());
            System.out.println("not held: the run could not go on (seed " + chosen + ", logs below " + data + ")");
            return false;
        }
    }

    /** What was asked for, and of the rest what is known to find the bug. */
    Shape shape(@Nullable Bug bug) {
        Shape known = bug == null ? Shape.USUAL : bug.shape();
        return new Shape(
                orders == null ? known.orders() : orders,
                minutes == null ? known.minutes() : minutes,
                kills == null ? known.kills() : kills,
                known.seed(),
                quietSeconds == null ? known.quietSeconds() : quietSeconds);
    }

    private Path output(Bug bug) {
        String name = String.valueOf(output.getFileName());
        int end = name.lastIndexOf('.');
        return output.resolveSibling(
                end < 0 ? name + "-" + bug : name.substring(0, end) + "-" + bug + name.substring(end));
    }

    /** What {@code --plant} says. */
    record Bugs(List<Bug> all) {}

    /** As they are written on the command line. */
    static final class Words implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Arrays.stream(Bug.values()).map(Bug::toString), Stream.of(ALL))
                    .iterator();
        }
    }

    /** From the command line. */
    static final class BugsConverter implements CommandLine.ITypeConverter<Bugs> {

        @Override
        public Bugs convert(String value) {
            List<Bug> chosen = Arrays.stream(Bug.values())
                    .filter(one -> value.equals(ALL) || one.toString().equals(value))
                    .toList();
            if (chosen.isEmpty()) {
                throw new CommandLine.TypeConversionException(
                        "'" + value + "' (expected: one of " + String.join(", ", new Words()) + ")");
            }
            return new Bugs(chosen);
        }
    }
}
