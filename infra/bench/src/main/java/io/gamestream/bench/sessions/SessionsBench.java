package io.gamestream.bench.sessions;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench sessions}: the router under load, the rules of a cell alone, a million sessions held, and read back by the service. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description =
                "Players ask the router at random moments, whatever the answers do, while hosts beat, run and free their slots: from the"
                        + " moment at which a request was due to the answer with the committed grant. Then folds sessions into a"
                        + " cell on one thread and holds a million at once. Last, the service reads the state of a million from Kafka.")
public final class SessionsBench implements Callable<Integer> {

    private static final double GRANT_P50_MS = 100;
    private static final double GRANT_P99_MS = 400;
    private static final double SUSTAINED = 600;
    private static final int SLOTS = 4;

    /**
     * A JVM that is still compiling on two cores answers after seconds, and what piles up then would be measured next. So the
     * rate is raised in steps, and each step begins when nobody plays.
     */
    private static final List<Double> WARM_UP = List.of(0.05, 0.2, 0.4, 0.6, 0.8, 1.0);

    /** The compiler needs requests more than time: a step is repeated until its requests are granted, so often at most. */
    private static final int WARM_UP_TRIES = 4;

    /** Sessions of a rate end before the next one begins. */
    private static final int MORE = 100;

    /** What is measured. */
    enum Part {
        ROUTER,
        RULES,
        RESTORE
    }

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "Measures a part: ${COMPLETION-CANDIDATES}; all of them by default.")
    @Nullable
    Part only;

    @Option(
            names = "--rate",
            defaultValue = "500",
            paramLabel = "N",
            description = "Requests a second (${DEFAULT-VALUE}).")
    int rate;

    @Option(
            names = "--seconds",
            defaultValue = "40",
            paramLabel = "N",
            description = "How long each rate lasts (${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description =
                    "How long hosts beat alone, and then each of the six rates lasts, by which the JVMs are warmed up (${DEFAULT-VALUE}).")
    int warmUpSeconds;

    @Option(names = "--hosts", defaultValue = "2000", paramLabel = "N", description = "Hosts (${DEFAULT-VALUE}).")
    int hosts;

    @Option(
            names = "--highest",
            defaultValue = "900",
            paramLabel = "N",
            description = "Rates are raised up to this one, as long as their p99 is met (${DEFAULT-VALUE}).")
    int highest;

    @Option(
            names = "--sessions",
            defaultValue = "400000",
            paramLabel = "N",
            description = "Sessions to fold (${DEFAULT-VALUE}).")
    int sessions;

    @Option(
            names = "--held",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Sessions to hold at once, and to restore: a multiple of four (${DEFAULT-VALUE}).")
    int held;

    @Override
    public Integer call() throws Exception {
        BenchReport report = new BenchReport("sessions");
        if (measures(Part.ROUTER)) {
            router(report);
        }
        if (measures(Part.RULES)) {
            CellRun cell = new CellRun(report);
            cell.rules(sessions);
            cell.hold(held);
            report.note(
                    "rules: one thread; 2,000 hosts x 4 slots at 75 % of their slots; five records of the inbox per session");
        }
        if (measures(Part.RESTORE)) {
            new RestoreRun(report).run(held);
        }
        report.note(
                "published: Agones 300 to 400 allocations/s per cluster with batches of 500 ms, on a cluster of several machines;"
                        + " Open Match 7,000 tickets/s accepted, without allocating");
        return BenchStage.finish(report);
    }

    private boolean measures(Part part) {
        return only == null || only == part;
    }

    private void router(BenchReport report) throws Exception {
        try (RouterRun run = RouterRun.start(hosts, SLOTS)) {
            warmUp(run);
            Map<String, Duration> before = run.stage().processorTime();
            RouterRun.Outcome usual = run.ask(rate, Duration.ofSeconds(seconds));
            Map<String, Duration> after = run.stage().processorTime();
            String conditions = rate + "/s, " + hosts + " hosts x " + SLOTS + " slots: ";
            report.add(Figure.atMost(conditions + "request to committed grant, p50", usual.p50(), GRANT_P50_MS, "ms"));
            report.add(Figure.atMost(conditions + "request to committed grant, p99", usual.p99(), GRANT_P99_MS, "ms"));
            report.add(Figure.atMost(conditions + "requests without a grant", usual.withoutGrant(), 0, ""));
            RouterRun.Outcome best = usual;
            for (int more = rate + MORE; more <= highest; more += MORE) {
                run.quiet();
                RouterRun.Outcome next = run.ask(more, Duration.ofSeconds(seconds));
                if (next.p99() > GRANT_P99_MS || next.withoutGrant() > 0) {
                    break;
                }
                best = next;
            }
            run.quiet();
            double sustained = best.p99() <= GRANT_P99_MS && best.withoutGrant() == 0 ? best.grantsPerSecond() : 0;
            report.add(Figure.atLeast("grants/s with a p99 of at most 400 ms", sustained, SUSTAINED, "/s"));
            report.add(
                    Figure.atMost("sessions that hosts had to stop", run.games().unwanted(), 0, ""));
            report.note(
                    "router: open loop, Poisson; a host beats every 3 s, sessions last 4 s on their hosts; processor time at "
                            + rate + "/s: " + spent(before, after));
        }
    }

    private void warmUp(RouterRun run) throws Exception {
        // 667 beats a second are enough for JVMs that have just started: where a host gets through only after the
        // reservation of a slot is over, that slot is in quarantine for a minute.
        TimeUnit.SECONDS.sleep(warmUpSeconds);
        for (double part : WARM_UP) {
            RouterRun.Outcome outcome;
            int tries = 0;
            do {
                outcome = run.ask(Math.max(1, (int) (rate * part)), Duration.ofSeconds(warmUpSeconds));
                run.quiet();
            } while (outcome.withoutGrant() > 0 && ++tries < WARM_UP_TRIES);
        }
    }

    private String spent(Map<String, Duration> before, Map<String, Duration> after) {
        return after.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s %.0f %%",
                        entry.getKey(),
                        entry.getValue()
                                        .minus(before.getOrDefault(entry.getKey(), Duration.ZERO))
                                        .toMillis()
                                / 10.0
                                / seconds))
                .collect(Collectors.joining(", "));
    }
}
