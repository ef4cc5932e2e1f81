package io.gamestream.runtime.service;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that only has subcommands: alone it shows them. What one of them throws is one line and exit status 1. */
@Command(synopsisSubcommandLabel = "COMMAND", sortOptions = false, usageHelpAutoWidth = true)
public abstract class CommandGroup implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.",
            scope = CommandLine.ScopeType.INHERIT)
    boolean help;

    @Spec
    protected CommandSpec spec;

    /** Its {@code execute} returns the exit status. */
    protected static CommandLine lineOf(CommandGroup group) {
        CommandLine line = new CommandLine(group);
        line.setExecutionExceptionHandler((e, failed, parsed) -> {
            failed.getErr().println(line.getCommandName() + ": " + Reasons.of(e));
            return 1;
        });
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
