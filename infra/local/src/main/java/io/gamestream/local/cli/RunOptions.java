package io.gamestream.local.cli;

import io.gamestream.local.service.ProductSettings;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code up} and {@code demo} have in common. */
final class RunOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: the setting stack.data-dir (.backbone).")
    @Nullable
    Path dataDir;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    Settings load() {
        return ProductSettings.load(
                settings, dataDir == null ? Map.of() : Map.of("stack.data-dir", dataDir.toString()));
    }

    /** Also sends the log there; it is opened with the first event, when the directory is known to be ours. */
    StackSettings stack() {
        StackSettings stack = load().bind("stack", StackSettings.class);
        System.setProperty("backbone.logs", stack.dataDir().resolve("logs").toString());
        return stack;
    }
}
