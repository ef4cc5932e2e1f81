package io.gamestream.chaos.sessions;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.RunOptions;
import io.gamestream.chaos.sessions.plan.Act;
import io.gamestream.chaos.sessions.plan.Plan;
import io.gamestream.chaos.sessions.plant.Bug;
import io.gamestream.chaos.sessions.run.Outcome;
import io.gamestream.chaos.sessions.run.SessionsRun;
import io.gamestream.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exit status: 0 where everything held (with {@code --plant}: where the bug was found), 1 where not, 2 for wrong arguments. */
@Command(
        name = "sessions",
        sortOptions = false,
        description =
                "Kills, freezes and restarts sessions, routers, broker and Redis while players come, hosts die, are cut off and"
                        + " drained, and a region is lost; then checks that no slot was given twice, none is leaked and no"
                        + " ticket is lost.")
public final class SessionsCommand implements Callable<Integer> {

    /** Time for what an act does, and for what follows from it. */
    private static final long MS_PER_ACT = 25_000;

    @Mixin
    RunOptions common = new RunOptions();

    @Option(
            names = "--minutes",
            defaultValue = "5",
            description = "How long players come and things go wrong. Default: ${DEFAULT-VALUE}.")
    double minutes;

    @Option(
            names = "--acts",
            split = ",",
            paramLabel = "ACT",
            description =
                    "These and no others, in this order: ${COMPLETION-CANDIDATES}. Default: one of each kind after the other, by"
                            + " the seed, every 25 s.",
            completionCandidates = Acts.class,
            converter = ActConverter.class)
    List<Act> acts = List.of();

    @Option(
            names = "--quiet",
            defaultValue = "120",
            description = "Seconds within which everything must have come to rest. Default: ${DEFAULT-VALUE}.")
    int quietSeconds;

    @Option(
            names = "--recovery",
            defaultValue = "10",
            description =
                    "Seconds within which grants go on after a kill of one of two instances of sessions. Default: ${DEFAULT-VALUE}.")
    int recoverySeconds;

    @Option(
            names = "--outage",
            defaultValue = "60",
            description = "The same after everything else, both of them included. Default: ${DEFAULT-VALUE}.")
    int outageSeconds;

    @Option(
            names = "--plant",
            paramLabel = "BUG",
            description =
                    "Plants a bug into the services of this run, and expects it to be found: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Bugs.class,
            converter = BugConverter.class)
    @Nullable
    Bug bug;

    @Option(
            names = "--output",
            defaultValue = "bench-results/chaos-sessions.json",
            description = "Default: ${DEFAULT-VALUE}.")
    Path output = Path.of("bench-results/chaos-sessions.json");

    @Override
    public Integer call() throws IOException, InterruptedException {
        long chosen = common.seed();
        Path data = common.open("sessions");
        Duration within = Duration.ofMillis((long) (minutes * 60_000));
        Plan plan = acts.isEmpty()
                ? Plan.of(chosen, (int) Math.max(1, within.toMillis() / MS_PER_ACT), within)
                : Plan.of(chosen, acts, within);
        Report report = new Report(System.out, plan.acts().size());
        System.out.println("chaos sessions, seed " + chosen + (bug == null ? "" : ", planted: " + bug.meaning())
                + ", logs below " + data);
        try {
            Outcome outcome = new SessionsRun(
                            new SessionsRun.Options(
                                    chosen,
                                    plan,
                                    within,
                                    Duration.ofSeconds(quietSeconds),
                                    Duration.ofSeconds(recoverySeconds),
                                    Duration.ofSeconds(outageSeconds),
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
            System.err.println("chaos sessions: " + e.getMessage());
            System.out.println("not held: the run could not go on (seed " + chosen + ", logs below " + data + ")");
            return 1;
        }
    }

    /** As they are written on the command line. */
    static final class Bugs implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Bug.values()).map(Bug::toString).iterator();
        }
    }

    /** As they are written on the command line. */
    static final class Acts implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Act.values()).map(SessionsCommand::word).iterator();
        }
    }

    /** From the command line. */
    static final class BugConverter implements CommandLine.ITypeConverter<Bug> {

        @Override
        public Bug convert(String value) {
            try {
                return Bug.named(value);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(e.getMessage());
            }
        }
    }

    /** From the command line. */
    static final class ActConverter implements CommandLine.ITypeConverter<Act> {

        @Override
        public Act convert(String value) {
            return Arrays.stream(Act.values())
                    .filter(act -> word(act).equals(value))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "'" + value + "' (expected: one of " + String.join(", ", new Acts()) + ")"));
        }
    }

    private static String word(Act act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
