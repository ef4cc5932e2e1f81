package io.gamestream.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a process. Layers, the first wins: the command line ({@code --set cdc.poll-interval=5ms}), the
 * environment ({@code BACKBONE_CDC_POLL_INTERVAL}), a HOCON file ({@code --config}), each module's {@code
 * reference.conf}. Everything lives below {@code backbone}; paths here are given without it.
 */
public final class Settings {

    private static final String ROOT = "backbone";
    private final Config config;

    private Settings(Config config) {
        this.config = config;
    }

    /**
     * Reads and layers the settings.
     *
     * @param file HOCON or JSON, or null for none
     * @param environment usually {@code System.getenv()}
     * @param overrides by path, such as {@code cdc.poll-interval}
     * @throws SettingsException where the file is missing or is not HOCON
     */
    public static Settings load(@Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
        Config defaults = ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf");
        Config base = parse(file).withFallback(defaults);
        Map<String, Object> fromEnvironment = environmentLayer(base, environment);
        Config merged = layer(overrides)
                .withFallback(ConfigFactory.parseMap(fromEnvironment))
                .withFallback(base);
        try {
            Config resolved =
                    merged.withFallback(ConfigFactory.parseMap(environment)).resolve();
            return new Settings(resolved.hasPath(ROOT) ? resolved.getConfig(ROOT) : ConfigFactory.empty());
        } catch (ConfigException e) {
            throw new SettingsException("settings: " + e.getMessage(), e);
        }
    }

    /**
     * The settings below a path as a record: components are matched in kebab-case, durations are written {@code 10ms},
     * {@code 5s}, and the record's own compact constructor has the last word.
     *
     * @throws SettingsException that names the setting which is missing, unknown, of the wrong type or refused
     */
    public <T extends Record> T bind(String path, Class<T> type) {
        if (!config.hasPath(path)) {
            throw new SettingsException("setting " + path + " is missing");
        }
        return RecordBinder.bind(path, config.getConfig(path).root().unwrapped(), type);
    }

    private static Config parse(@Nullable Path file) {
        if (file == null) {
            return ConfigFactory.empty();
        }
        if (!Files.isReadable(file)) {
            throw new SettingsException("settings file " + file.toAbsolutePath() + " can't be read");
        }
        try {
            return ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw new SettingsException("settings file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Config layer(Map<String, String> byPath) {
        Map<String, Object> rooted = new HashMap<>();
        byPath.forEach((path, value) -> rooted.put(ROOT + "." + path, parseValue(value)));
        return ConfigFactory.parseMap(rooted);
    }

    private static Map<String, Object> environmentLayer(Config base, Map<String, String> environment) {
        Map<String, Object> found = new HashMap<>();
        // A setting that is made of another one has a name too; what it comes to is decided when all layers are there.
        Config named = base.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
        collect(ROOT, named.root().get(ROOT), environment, found);
        return found;
    }

    private static void collect(
            String path, @Nullable ConfigValue value, Map<String, String> environment, Map<String, Object> found) {
        if (value == null) {
            return;
        }
        if (value instanceof ConfigObject object) {
            object.forEach((key, child) -> collect(path + "." + key, child, environment, found));
            return;
        }
        String given =
                environment.get(path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
        if (given != null) {
            found.put(path, parseValue(given));
        }
    }

    /** A list or an object where it is written as one; anything else is text, and the binder makes a number of it. */
    private static Object parseValue(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("[") || trimmed.startsWith("{")) {
            return ConfigFactory.parseString("v = " + trimmed).getAnyRef("v");
        }
        return text;
    }
}
