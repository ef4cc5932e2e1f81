package io.gamestream.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: everything, and no traffic but the user's own. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts Kafka, Postgres, Redis, the schema registry and every service on this machine. Ctrl-C stops"
                        + " them; their data is kept.")
final class UpCommand implements Callable<Integer> {

    @Mixin
    RunOptions options = new RunOptions();

    @Override
    public Integer call() throws InterruptedException {
        return new LocalRun(options, World.STILL, "local.psp.faults").run(RunLength.UNTIL_STOPPED);
    }
}
