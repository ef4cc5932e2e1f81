package io.gamestream.runtime.service;

import io.gamestream.runtime.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings come from: two options that every command line of the product has. A picocli mix-in. */
public final class SettingsOptions {

    private static final String CONFIG_VARIABLE = "BACKBONE_CONFIG";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in HOCON or JSON, below \"backbone\". Without it: the environment's "
                    + CONFIG_VARIABLE + ".")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            mapFallbackValue = "",
            description = "One setting, such as kafka.bootstrap-servers=127.0.0.1:9092. May be repeated.")
    Map<String, String> overrides = new LinkedHashMap<>();

    /**
     * All layers.
     *
     * @throws io.gamestream.runtime.settings.SettingsException where the file is missing or is not HOCON, or a setting is unknown
     */
    public Settings load() {
        return load(System.getenv(), Map.of());
    }

    /** All layers, with {@code more} on top. */
    public Settings load(Map<String, String> more) {
        return load(System.getenv(), more);
    }

    /** The same options, for another process. */
    public List<String> asArguments() {
        List<String> arguments = new ArrayList<>();
        Path file = file(System.getenv());
        if (file != null) {
            arguments.addAll(List.of("--config", file.toAbsolutePath().toString()));
        }
        overrides.forEach((path, value) -> arguments.addAll(List.of("--set", path + "=" + value)));
        return arguments;
    }

    Settings load(Map<String, String> environment, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.putAll(more);
        return Settings.load(file(environment), environment, all);
    }

    private @Nullable Path file(Map<String, String> environment) {
        String fromEnvironment = environment.get(CONFIG_VARIABLE);
        return config == null && fromEnvironment != null ? Path.of(fromEnvironment) : config;
    }
}
