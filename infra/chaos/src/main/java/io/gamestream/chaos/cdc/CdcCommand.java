package io.gamestream.chaos.cdc;

import io.gamestream.chaos.cdc.plan.Plan;
import io.gamestream.chaos.cdc.run.CdcRun;
import io.gamestream.chaos.cdc.run.Outcome;
import io.gamestream.chaos.cdc.script.Script;
import io.gamestream.chaos.cdc.workload.Workload;
import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.RunOptions;
import io.gamestream.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exit status: 0 where everything held, 1 where something did not or the run could not go on, 2 for wrong arguments. */
@Command(
        name = "cdc",
        sortOptions = false,
        description =
                "Kills the change data capture at random moments while rows change, and checks that read_committed"
                        + " readers of its topic see every change once and in order.")
public final class CdcCommand implements Callable<Integer> {

    /** A start to readiness on a busy machine with two cores, and the moment of the kill. */
    private static final double RESTART_SECONDS = 7;

    @Mixin
    RunOptions common = new RunOptions();

    @Option(
            names = "--minutes",
            defaultValue = "5",
            description = "How long the kills take, about. Default: ${DEFAULT-VALUE}.")
    double minutes;

    @Option(names = "--kills", defaultValue = "20", description = "With SIGKILL. Default: ${DEFAULT-VALUE}.")
    int kills;

    @Option(
            names = "--pause",
            arity = "0..1",
            fallbackValue = "2",
            defaultValue = "0",
            description =
                    "Also freezes an instance, lets a second one take over, and wakes the first; that many times (2).")
    int zombies;

    @Option(
            names = "--restart-postgres",
            arity = "0..1",
            fallbackValue = "2",
            defaultValue = "0",
            description = "Also crashes Postgres; that many times (2).")
    int postgresCrashes;

    @Option(
            names = "--broker-away",
            arity = "0..1",
            fallbackValue = "1",
            defaultValue = "0",
            description = "Also stops the broker for some seconds; that many times (1).")
    int brokerAbsences;

    @Option(
            names = "--connections",
            defaultValue = "4",
            description = "Sessions that write. Default: ${DEFAULT-VALUE}.")
    int connections;

    @Option(names = "--rate", defaultValue = "3000", description = "Changes per second. Default: ${DEFAULT-VALUE}.")
    int rate;

    @Option(
            names = "--keys",
            defaultValue = "40000",
            description = "Different keys; half of them have a row at first." + " Default: ${DEFAULT-VALUE}.")
    int keys;

    @Option(
            names = "--output",
            defaultValue = "bench-results/chaos-cdc.json",
            description = "Default: ${DEFAULT-VALUE}.")
    Path output = Path.of("bench-results/chaos-cdc.json");

    @Override
    public Integer call() throws IOException, InterruptedException {
        long chosen = common.seed();
        Path data = common.open("cdc");
        Report report = new Report(System.out);
        System.out.println("chaos cdc, seed " + chosen + ", logs below " + data);
        try {
            Outcome outcome = new CdcRun(options(chosen, data), report).run();
            ReportJson.write(outcome, output);
            report.print(outcome);
            if (outcome.held()) {
                common.deleteUnlessWanted(data);
            }
            return outcome.held() ? 0 : 1;
        } catch (ChaosException | StackException e) {
            System.err.println("chaos cdc: " + e.getMessage());
            System.out.println("not held: the run could not go on (seed " + chosen + ", logs below " + data + ")");
            return 1;
        }
    }

    private CdcRun.Options options(long chosen, Path data) {
        Plan plan = Plan.of(chosen, new Plan.Wish(kills, zombies, postgresCrashes, brokerAbsences, streaming()));
        int perConnection = Math.max(2, keys / connections);
        int copyMax = Math.min(5_000, perConnection / 2);
        Script.Sizes sizes = new Script.Sizes(perConnection, Math.min(1_000, copyMax), copyMax);
        Workload.Load load = new Workload.Load(connections, rate, perConnection / 2 * connections, sizes);
        return new CdcRun.Options(chosen, plan, load, common.home(), data);
    }

    /** The longest stretch of streaming before a kill; half of it on average. */
    private Duration streaming() {
        double perAct = minutes * 60 / (kills + zombies + postgresCrashes + brokerAbsences);
        return Duration.ofMillis((long) (1_000 * Math.max(2, 2 * (perAct - RESTART_SECONDS))));
    }
}
