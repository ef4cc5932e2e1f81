package io.gamestream.cdc;

import io.gamestream.cdc.capture.Connections;
import io.gamestream.cdc.capture.Reset;
import io.gamestream.cdc.ops.AdminClient;
import io.gamestream.cdc.source.TableName;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.service.CommandGroup;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./backbone cdc ...}: what an operator asks of the change data capture. */
@Command(name = "cdc", description = "Asks something of the change data capture.")
public final class CdcCommand extends CommandGroup {

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command, whose {@code execute} returns the exit status. */
    public static CommandLine commandLine() {
        return lineOf(new CdcCommand());
    }

    @Command(
            name = "snapshot",
            description = "Reads a captured table again while changes go on: each row comes once more, with op = r.")
    int snapshot(
            @Mixin SettingsOptions options,
            @Parameters(paramLabel = "TABLE", description = "schema.table") String table,
            @Option(names = "--where", paramLabel = "SQL", description = "Only rows for which this holds.") @Nullable
                    String where)
            throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        return new AdminClient(options.load().bind("cdc.http", io.gamestream.runtime.http.HttpSettings.class))
                .snapshot(table, where, out::println);
    }

    @Command(
            name = "reset",
            description = {
                "Starts over: drops the replication slot; the next start of the capture reads all tables again. With --table"
                        + " the slot stays, and only the rows of that table are read again while the others go on.",
                "Rows that are gone from a table become tombstones. A capture that runs is ended."
            })
    int reset(
            @Mixin SettingsOptions options,
            @Option(names = "--table", paramLabel = "TABLE", description = "schema.table: only this one.") @Nullable
                    String table,
            @Option(names = "--yes", required = true, description = "Really.") boolean yes)
            throws Exception {
        Settings settings = options.load();
        CdcSettings cdc = settings.bind("cdc", CdcSettings.class);
        try (Connections connections = Connections.of(
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("postgres", PostgresSettings.class),
                settings.bind("registry", RegistrySettings.class))) {
            if (table != null) {
                Reset.table(cdc, connections, TableName.parse(table));
                spec.commandLine().getOut().println("the next start reads the rows of " + table + " again");
                return 0;
            }
            Reset.run(cdc, connections);
        }
        spec.commandLine().getOut().println("slot " + cdc.slot() + " is gone; the next start takes a snapshot");
        return 0;
    }
}
