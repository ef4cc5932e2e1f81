package io.gamestream.local.cli;

import io.gamestream.local.dlq.DlqCommand;
import io.gamestream.local.load.LoadCommand;
import io.gamestream.local.stack.StackException;
import io.gamestream.runtime.settings.SettingsException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The commands that {@code ./backbone} hands on to this module. */
@Command(
        name = "backbone",
        mixinStandardHelpOptions = true,
        subcommands = {DemoCommand.class, UpCommand.class, LoadCommand.class, TopicsCommand.class, DlqCommand.class})
public final class Launcher implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    /** Exit status: 0 done, 1 it did not work (one line says why), 2 wrong arguments. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Launcher())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(reports());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }

    /** What a user can mend is one line; a stack trace is for what nobody foresaw. */
    private static IExecutionExceptionHandler reports() {
        return (failure, line, parsed) -> {
            boolean foreseen = failure instanceof StackException
                    || failure instanceof SettingsException
                    || failure instanceof KafkaException;
            if (foreseen) {
                line.getErr().println("backbone: " + failure.getMessage());
                LoggerFactory.getLogger(Launcher.class).debug("{} failed", line.getCommandName(), failure);
            } else {
                line.getErr().println("backbone: " + failure);
                failure.printStackTrace(line.getErr());
            }
            return 1;
        };
    }
}
