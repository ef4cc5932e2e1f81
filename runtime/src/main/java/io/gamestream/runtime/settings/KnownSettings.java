package io.gamestream.runtime.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings that there are, by the defaults of the class path: what a user gives is held against them, or a mistyped name
 * would be the same as none.
 *
 * <p>Below an empty object, a list, and what {@code open-settings} names, the keys are the user's.
 */
final class KnownSettings {

    private final ConfigObject defaults;
    private final Set<String> sections;
    private final Set<String> open;
    private final Set<String> names = new TreeSet<>();

    /**
     * The settings of a class path.
     *
     * @param defaults all that it has, resolved
     * @param sections of the top level, those whose settings are all among the defaults
     * @param open paths of objects that take further keys although the defaults have some
     */
    KnownSettings(ConfigObject defaults, Collection<String> sections, Collection<String> open) {
        this.defaults = defaults;
        this.sections = Set.copyOf(sections);
        this.open = Set.copyOf(open);
        leaves("", defaults).forEach(leaf -> names.add(leaf.path()));
    }

    /** What is wrong with the settings given, in words for the user; sections of others are left to them. */
    Optional<String> unknownIn(ConfigObject given) {
        Map<String, ConfigValue> ours = new HashMap<>(given);
        ours.keySet().retainAll(sections);
        return explained(unknown("", ours, defaults));
    }

    /** The same for sections that are neither ours nor among {@code others}. */
    Optional<String> unknownSectionsIn(ConfigObject given, Collection<String> others) {
        Set<String> known = new TreeSet<>(sections);
        known.addAll(defaults.keySet());
        known.addAll(others);
        known.remove(Settings.ROOT);
        List<Unknown> found = new ArrayList<>();
        given.forEach((section, value) -> {
            if (!known.contains(section)) {
                leaves(section, value).forEach(leaf -> found.add(new Unknown(leaf.path(), leaf.value(), known)));
            }
        });
        return explained(found);
    }

    private List<Unknown> unknown(String path, Map<String, ConfigValue> given, Map<String, ConfigValue> known) {
        List<Unknown> found = new ArrayList<>();
        given.forEach((key, value) -> {
            String at = join(path, key);
            ConfigValue usual = known.get(key);
            if (usual == null) {
                leaves(at, value).forEach(leaf -> found.add(new Unknown(leaf.path(), leaf.value(), known.keySet())));
            } else if (value instanceof ConfigObject object && !takesAny(at, usual)) {
                found.addAll(unknown(at, object, usual instanceof ConfigObject keys ? keys : Map.of()));
            }
        });
        return found;
    }

    private boolean takesAny(String path, ConfigValue usual) {
        return usual.valueType() == ConfigValueType.LIST
                || (usual instanceof ConfigObject keys && keys.isEmpty())
                || open.contains(path);
    }

    private Optional<String> explained(List<Unknown> unknown) {
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(unknown.stream().map(this::explained).sorted().collect(Collectors.joining("; ")));
    }

    private String explained(Unknown unknown) {
        String setting =
                "setting " + unknown.path() + " (" + unknown.value().origin().description() + ") is unknown";
        String meant = unknown.path().startsWith(Settings.ROOT + ".")
                ? unknown.path().substring(Settings.ROOT.length() + 1)
                : unknown.path();
        List<String> near = NearestNames.of(meant, names);
        if (!near.isEmpty()) {
            return setting + " (did you mean " + String.join(" or ", near) + "?)";
        }
        return unknown.here().isEmpty()
                ? setting
                : setting + " (known here: " + String.join(", ", new TreeSet<>(unknown.here())) + ")";
    }

    /** An empty object is a leaf too: it was written for something. */
    private static List<Leaf> leaves(String path, ConfigValue value) {
        if (!(value instanceof ConfigObject object) || object.isEmpty()) {
            return List.of(new Leaf(path, value));
        }
        return object.entrySet().stream()
                .flatMap(entry -> leaves(join(path, entry.getKey()), entry.getValue()).stream())
                .toList();
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private record Leaf(String path, ConfigValue value) {}

    /** @param here the names that are known where it is */
    private record Unknown(String path, ConfigValue value, Set<String> here) {}
}
