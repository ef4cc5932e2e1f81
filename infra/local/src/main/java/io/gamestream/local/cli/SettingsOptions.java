package io.gamestream.local.cli;

import io.gamestream.runtime.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings come from: the same two options as every service has. */
final class SettingsOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings in HOCON or JSON, below \"backbone\". Without it: the environment's BACKBONE_CONFIG.")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            mapFallbackValue = "",
            description = "One setting, such as stack.ports.kafka=39092. May be repeated.")
    Map<String, String> overrides = new LinkedHashMap<>();

    /** All layers, with {@code more} on top. */
    Settings load(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.putAll(more);
        return Settings.load(file(), System.getenv(), all);
    }

    /** The same options, for a service. */
    List<String> asArguments() {
        List<String> arguments = new ArrayList<>();
        Path file = file();
        if (file != null) {
            arguments.addAll(List.of("--config", file.toAbsolutePath().toString()));
        }
        overrides.forEach((path, value) -> arguments.addAll(List.of("--set", path + "=" + value)));
        return arguments;
    }

    private @Nullable Path file() {
        String fromEnvironment = System.getenv("BACKBONE_CONFIG");
        return config == null && fromEnvironment != null ? Path.of(fromEnvironment) : config;
    }
}
