package io.gamestream.local.load;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:BACKBONE_CONFIG}",
            description =
                    "Settings in HOCON or JSON, below \"backbone\". Without it: the environment's BACKBONE_CONFIG.")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            mapFallbackValue = "",
            description = "One setting, such as postgres.port=5432. May be repeated.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    public Integer call() {
        ConsoleProgress view = ConsoleProgress.standard();
        try {
            Settings settings = Settings.load(config, System.getenv(), overrides);
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
