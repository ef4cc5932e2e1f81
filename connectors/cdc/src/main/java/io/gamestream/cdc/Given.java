package io.gamestream.cdc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An entry of a list of settings, in which most may be left out: a list has no defaults to be merged with. */
final class Given {

    private final String list;
    private final Map<String, Object> values;
    private final Set<String> known = new TreeSet<>();

    Given(String list, Map<String, Object> values) {
        this.list = list;
        this.values = values;
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw new IllegalArgumentException("an entry of " + list + " has no '" + name + "': " + values);
        }
        return text;
    }

    String text(String name, String otherwise) {
        String text = optionalText(name);
        return text == null ? otherwise : text;
    }

    @Nullable
    String optionalText(String name) {
        Object value = value(name);
        return value == null ? null : value.toString();
    }

    int number(String name, int otherwise) {
        String text = optionalText(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + text + " (expected: a number)", e);
        }
    }

    List<String> texts(String name) {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a list)");
        }
        return items.stream().map(String::valueOf).toList();
    }

    Map<String, Object> object(String name) {
        Object value = value(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: { name = value })");
        }
        return entries.entrySet().stream()
                .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue));
    }

    Map<String, String> textByText(String name) {
        return object(name).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    /** Refuses what nobody has asked for: a misspelt setting must not be passed over. */
    void requireAllKnown() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' in an entry of " + list + " is unknown (known here: " + known + ")");
            }
        }
    }

    private @Nullable Object value(String name) {
        known.add(name);
        return values.get(name);
    }
}
