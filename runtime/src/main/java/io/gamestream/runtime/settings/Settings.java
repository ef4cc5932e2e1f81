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
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a process. Layers, the first wins: the command line ({@code --set cdc.retry-for=5m}), the environment
 * ({@code BACKBONE_CDC_RETRY_FOR}), a HOCON file ({@code --config}), each module's {@code reference.conf}. Everything lives
 * below {@code backbone}; paths here are given without it.
 *
 * <p>A module whose settings follow another module's has their defaults in its {@code borrowed.conf}, below all of the above:
 * they count where the owner is not on the class path.
 *
 * <p>What is given must be known: a section that a {@code reference.conf} has is refused what is not in it. Sections of other
 * services pass, since one file and one command line serve all of them; whoever knows all services refuses the rest ({@link
 * #refuseOtherSections}). Names in the environment are not checked: orchestrators put theirs there too (Kubernetes, for a
 * service "backbone-kafka": {@code BACKBONE_KAFKA_PORT_9092_TCP}).
 */
public final class Settings {

    static final String ROOT = "backbone";

    /** Beside {@link #ROOT} in a {@code reference.conf}: paths that take further keys although they have some, each = true. */
    private static final String OPEN = "open-settings";

    private final Config config;
    private final KnownSettings known;

    private Settings(Config config, KnownSettings known) {
        this.config = config;
        this.known = known;
    }

    /**
     * Reads and layers the settings.
     *
     * @param file HOCON or JSON, or null for none
     * @param environment usually {@code System.getenv()}
     * @param overrides by path, such as {@code cdc.retry-for}
     * @throws SettingsException where the file is missing or is not HOCON, or a setting is unknown
     */
    public static Settings load(@Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
        Config owned = resource("reference.conf");
        Config defaults = owned.withFallback(resource("borrowed.conf"));
        Config base = parse(file).withFallback(defaults);
        Map<String, Object> fromEnvironment = environmentLayer(base, environment);
        Config merged = layer(overrides)
                .withFallback(ConfigFactory.parseMap(fromEnvironment, "the environment"))
                .withFallback(base);
        try {
            Config resolved = merged.withFallback(ConfigFactory.parseMap(substitutes(environment)))
                    .resolve();
            Settings all = new Settings(below(ROOT, resolved), known(owned, defaults));
            refuse(all.known.unknownIn(all.config.root()));
            return all;
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

    /**
     * For whoever knows all services: also refuses settings in sections that nobody has.
     *
     * @param others sections that this class path has no defaults of
     * @return these settings
     * @throws SettingsException that names what is unknown
     */
    public Settings refuseOtherSections(Set<String> others) {
        refuse(known.unknownSectionsIn(config.root(), others));
        return this;
    }

    /** For references by name. A variable with a dot is a path there, and no setting. */
    private static Map<String, String> substitutes(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.keySet().removeIf(name -> name.startsWith(ROOT + "."));
        return all;
    }

    private static void refuse(Optional<String> unknown) {
        unknown.ifPresent(message -> {
            throw new SettingsException(message);
        });
    }

    private static KnownSettings known(Config owned, Config defaults) {
        // A path that begins with the root is a user's who has not left it out; no service has such a section.
        Set<String> sections = new HashSet<>(below(ROOT, owned).root().keySet());
        sections.add(ROOT);
        ConfigResolveOptions partly = ConfigResolveOptions.defaults().setAllowUnresolved(true);
        return new KnownSettings(
                below(ROOT, defaults.resolve(partly)).root(),
                sections,
                below(OPEN, owned).root().keySet());
    }

    private static Config resource(String name) {
        return ConfigFactory.parseResources(Settings.class.getClassLoader(), name);
    }

    private static Config below(String path, Config config) {
        return config.hasPath(path) ? config.getConfig(path) : ConfigFactory.empty();
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
        return ConfigFactory.parseMap(rooted, "--set");
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
