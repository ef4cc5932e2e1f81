package io.gamestream.chaos;

import io.gamestream.chaos.cdc.CdcCommand;
import io.gamestream.chaos.payments.PaymentsCommand;
import io.gamestream.chaos.sessions.SessionsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./backbone chaos NAME}. */
@Command(
        name = "chaos",
        description = "Kills parts of the product and checks what must hold. The last line says what held.",
        subcommands = {CdcCommand.class, PaymentsCommand.class, SessionsCommand.class},
        mixinStandardHelpOptions = true)
public final class ChaosMain {

    private static final String LOGGING = "log4j2.configurationFile";

    private ChaosMain() {}

    /** Exit status: see {@link CdcCommand}. */
    public static void main(String[] args) {
        System.setProperty(LOGGING, System.getProperty(LOGGING, "classpath:log4j2-launcher.xml"));
        System.exit(new CommandLine(new ChaosMain()).execute(args));
    }
}
