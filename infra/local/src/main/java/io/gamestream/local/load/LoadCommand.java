package io.gamestream.local.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code load}: imports of data sets. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Imports a data set into a running stack.",
        subcommands = LoadSteamCommand.class)
public final class LoadCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say which data set: load steam --dir DIR");
    }
}
