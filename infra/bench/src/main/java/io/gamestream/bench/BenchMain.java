package io.gamestream.bench;

import io.gamestream.bench.cdc.CdcBench;
import io.gamestream.bench.freshness.FreshnessBench;
import io.gamestream.bench.payments.PaymentsBench;
import io.gamestream.bench.quality.SessionsQualityBench;
import io.gamestream.bench.serving.ServingBench;
import io.gamestream.bench.sessions.SessionsBench;
import io.gamestream.bench.startup.StartupBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./backbone bench NAME}. Exit status 0 only where every figure is where it must be. */
@Command(
        name = "bench",
        description = "Benchmarks. Each prints a table and writes bench-results/NAME.json.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CdcBench.class,
            FreshnessBench.class,
            ServingBench.class,
            StartupBench.class,
            PaymentsBench.class,
            SessionsBench.class,
            SessionsQualityBench.class
        })
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] args) {
        Runtime.getRuntime().exit(new CommandLine(new BenchMain()).execute(args));
    }
}
