package io.gamestream.runtime.service;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line that every service has. */
@Command(sortOptions = false, usageHelpAutoWidth = true)
final class ServiceArguments implements Runnable {

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
            description = "One setting, such as kafka.bootstrap-servers=127.0.0.1:9092. May be repeated.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    /** Picocli wants a command that can be executed; {@link ServiceMain} does the work. */
    @Override
    public void run() {}

    @Nullable
    Path configOr(@Nullable String fromEnvironment) {
        return config == null && fromEnvironment != null ? Path.of(fromEnvironment) : config;
    }
}
