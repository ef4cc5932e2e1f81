package io.gamestream.bench.quality;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.service.ProductSettings;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.topology.session.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench sessions-quality}: how near to their players sessions are, by whoever places them, and at best. */
@Command(
        name = "sessions-quality",
        mixinStandardHelpOptions = true,
        description =
                "Lets our gate and cells, and the rules of others, place the same players of 34 cities on 20 sites, and compares their"
                        + " round trips with those of a linear program that knows all who play.")
public final class SessionsQualityBench implements Callable<Integer> {

    private static final int SLOTS_PER_HOST = 4;
    private static final double LONGEST_WAIT_S = 30;

    /** A load, and how far from the bound ours may be there. */
    private record Load(int percent, double most) {}

    private static final List<Load> LOADS = List.of(new Load(78, 1.12), new Load(87, 1.20));

    @Option(
            names = "--slots",
            defaultValue = "8000",
            paramLabel = "N",
            description = "Of all sites (${DEFAULT-VALUE}).")
    int slots;

    @Option(
            names = "--hours",
            defaultValue = "24",
            paramLabel = "N",
            description = "To look at, after two hours to warm up (${DEFAULT-VALUE}).")
    int hours;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of the players (${DEFAULT-VALUE}).")
    long seed;

    @Mixin
    SettingsOptions options = new SettingsOptions();

    @Option(names = "--ours-only", description = "Leaves the others out.")
    boolean oursOnly;

    @Override
    public Integer call() throws Exception {
        SessionConfig config = ProductSettings.load(options).bind("sessions", SessionConfig.class);
        BenchReport report = new BenchReport("sessions-quality");
        Geography geography = new Geography();
        for (Load load : LOADS) {
            Trace trace = new Trace(
                    geography,
                    slots,
                    SLOTS_PER_HOST,
                    load.percent() / 100.0,
                    QualityRun.WARM_UP.plusHours(hours),
                    seed);
            measure(report, trace, load, config);
        }
        report.note(
                "synthetic: players come at a constant rate, sessions are lognormal with a mean of 40 minutes, and the"
                        + " evening goes round the world; use it for the differences");
        report.note("who hasn't got a slot after five minutes gives up, and has waited that long");
        report.note("the bound moves all who play at each look; seed " + seed + ", " + slots + " slots, " + hours
                + " hours");
        return BenchStage.finish(report);
    }

    private void measure(BenchReport report, Trace trace, Load load, SessionConfig config) {
        String at = " at " + load.percent() + " %";
        List<Quality> all = new ArrayList<>();
        if (!oursOnly) {
            for (Matchmaker other : Baselines.all(seed)) {
                all.add(new QualityRun(trace, other).run());
            }
        }
        List<Quality> inTime = all.stream()
                .filter(one -> one.waitP99Ms() < LONGEST_WAIT_S * 1_000)
                .toList();
        Quality ours = new QualityRun(trace, new OurRules("ours", config)).run();
        all.add(ours);
        report.add(Figure.atMost("mean RTT / LP bound" + at, ours.ratio(), load.most(), ""));
        inTime.stream().mapToDouble(Quality::ratio).min().ifPresent(best -> {
            report.add(Figure.plain("the best other one whose wait p99 is below 30 s" + at, best, ""));
            report.add(Figure.atMost("mean RTT over that one's" + at, ours.ratio() / best, 1, ""));
        });
        report.add(Figure.plain("wait p99" + at, ours.waitP99Ms() / 1_000.0, "s"));
        report.add(Figure.plain("utilisation" + at, ours.utilisation() * 100, "%"));
        report.add(QualityTable.of(load.percent() + " % load", all));
    }
}
