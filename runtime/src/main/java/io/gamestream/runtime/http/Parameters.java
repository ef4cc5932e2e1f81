package io.gamestream.runtime.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Query parameters, checked; what is wrong with one is a {@link ProblemException} that names it. */
public final class Parameters {

    private final MultiMap values;

    public Parameters(MultiMap values) {
        this.values = values;
    }

    /** The value, trimmed; empty where it is missing or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** A whole number within bounds, both inclusive. */
    public long number(String name, long otherwise, long min, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String expected = " (expected: a whole number from " + min + " to " + max + ")";
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number out of bounds.
        }
        throw new ProblemException(Problem.badParameter(name, name + ": " + text.get() + expected));
    }

    /** One of some words. */
    public Optional<String> oneOf(String name, Set<String> words) {
        Optional<String> text = text(name);
        if (text.isPresent() && !words.contains(text.get())) {
            List<String> sorted = words.stream().sorted().toList();
            throw new ProblemException(
                    Problem.badParameter(name, name + ": " + text.get() + " (expected: one of " + sorted + ")"));
        }
        return text;
    }

    /** Refuses what nobody here knows: a misspelt filter that is ignored gives wrong answers. */
    public void allowOnly(Set<String> known) {
        for (String name : values.names()) {
            if (!known.contains(name)) {
                List<String> sorted = known.stream().sorted().toList();
                throw new ProblemException(
                        Problem.badParameter(name, "parameter " + name + " is unknown (known here: " + sorted + ")"));
            }
        }
    }
}
