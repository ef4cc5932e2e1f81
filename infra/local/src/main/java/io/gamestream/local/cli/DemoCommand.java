package io.gamestream.local.cli;

import io.gamestream.local.stack.DataDirectory;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: everything, with a world that lives on it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts everything on this machine, with a synthetic world of users, games, orders and plays that"
                + " keeps moving. Ctrl-C stops it; its data is kept.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "N", description = "Ends by itself after so many minutes.")
    @Nullable
    Double minutes;

    @Option(names = "--fresh", description = "Deletes the data of former runs first.")
    boolean fresh;

    @Mixin
    RunOptions options = new RunOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (minutes != null && !(minutes > 0)) {
            throw new ParameterException(spec.commandLine(), "--minutes: " + minutes + " (expected: > 0)");
        }
        if (fresh) {
            DataDirectory.wipe(options.stack().dataDir());
        }
        RunLength length = minutes == null
                ? RunLength.UNTIL_STOPPED
                : new RunLength(Duration.ofMillis(Math.round(minutes * 60_000)));
        return new LocalRun(options, World.SIMULATED, "local.demo-faults").run(length);
    }
}
