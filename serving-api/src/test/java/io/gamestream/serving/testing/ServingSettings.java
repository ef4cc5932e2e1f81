package io.gamestream.serving.testing;

import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of an instance against a stack, with a group of its own, since tests share the stack. */
public final class ServingSettings {

    private final Map<String, String> overrides = new LinkedHashMap<>();

    public ServingSettings(Stack stack, String group) {
        overrides.putAll(stack.connectionSettings());
        with("serving.views.application-id", group);
        with("serving.views.session-timeout", "6s");
        with("serving.http.port", "0");
    }

    public ServingSettings with(String path, String value) {
        overrides.put(path, value);
        return this;
    }

    public Settings settings() {
        return Settings.load(null, Map.of(), overrides);
    }

    /** The same on a command line. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        overrides.forEach((path, value) -> {
            arguments.add("--set");
            arguments.add(path + "=" + value);
        });
        return arguments;
    }
}
