package io.gamestream.local.load;

import io.gamestream.local.service.ProductSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load steam}. */
@Command(
        name = "steam",
        mixinStandardHelpOptions = true,
        description = {
            "Imports the Steam-200k data set into a running stack: users, games and purchases into Postgres, plays into Kafka.",
            "May be interrupted at any moment and run again: everything is there exactly once in the end."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:everything is there", "1:it is not; the last line says why", "2:wrong arguments"})
public final class LoadSteamCommand implements Callable<Integer> {

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "With item_info.dat, user_info.dat, game_purchase.dat and game_play.dat.")
    Path dir;

    @Mixin
    SettingsOptions options = new SettingsOptions();

    @Override
    public Integer call() {
        ConsoleProgress view = ConsoleProgress.standard();
        try {
            Settings settings = ProductSettings.load(options);
            SteamLoad load = new SteamLoad(
                    settings.bind("postgres", PostgresSettings.class),
                    settings.bind("kafka", KafkaSettings.class),
                    settings.bind("registry", RegistrySettings.class),
                    view);
            LoadSummary summary = load.run(dir);
            view.say(summary.table());
            return summary.holds() ? 0 : 1;
        } catch (LoadException | SettingsException e) {
            view.close();
            System.err.println("load steam: " + e.getMessage());
            return 1;
        }
    }
}
