package io.gamestream.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A query parameter as the OpenAPI document describes it. Its schema is what requests are checked by, so only keywords that are
 * checked here may be in it.
 *
 * @param schema of one value
 * @param maxItems how often it may be given: 1 unless the document says that it is an array
 */
record ApiParameter(String name, boolean required, JsonNode schema, int maxItems) {

    private static final Set<String> CHECKED =
            Set.of("type", "enum", "minimum", "maximum", "minLength", "maxLength", "format", "items", "maxItems");
    private static final Set<String> SPOKEN = Set.of("default", "description", "examples");

    /** @throws IllegalArgumentException where the schema says something that would not be checked */
    static ApiParameter of(String where, JsonNode parameter, JsonNode schema) {
        String name = parameter.path("name").asText();
        boolean array = schema.path("type").asText().equals("array");
        JsonNode one = array ? schema.path("items") : schema;
        for (JsonNode each : List.of(schema, one)) {
            Set<String> keywords = new HashSet<>();
            each.fieldNames().forEachRemaining(keywords::add);
            keywords.removeAll(CHECKED);
            keywords.removeAll(SPOKEN);
            String type = each.path("type").asText();
            if (!keywords.isEmpty() || !Set.of("string", "integer", "array").contains(type)) {
                throw new IllegalArgumentException("OpenAPI document: " + where + ", " + name + ": type " + type
                        + " with " + keywords + " (expected: string, integer or array with " + CHECKED + ")");
            }
        }
        return new ApiParameter(
                name,
                parameter.path("required").asBoolean(),
                one,
                array ? schema.path("maxItems").asInt(100) : 1);
    }

    void check(List<String> values) {
        if (values.size() > maxItems) {
            throw refused("is given " + values.size() + " times", maxItems == 1 ? "once" : "at most " + maxItems);
        }
        values.forEach(this::checkOne);
    }

    /** A blank value is none: forms send the fields that nobody has filled in. */
    void checkPresence(MultiMap values) {
        String value = values.get(name);
        if (required && (value == null || value.isBlank())) {
            throw refused("is missing or blank", expected());
        }
    }

    /** The document's default; asking for one that it does not name is a mistake of ours. */
    String defaultText() {
        JsonNode value = schema.get("default");
        if (value == null) {
            throw new IllegalStateException(name + " has no default in the OpenAPI document");
        }
        return value.asText();
    }

    private void checkOne(String raw) {
        String value = raw.trim();
        if (value.isEmpty() && maxItems == 1) {
            return;
        }
        if (schema.path("type").asText().equals("integer") ? !isInteger(value) : !isText(raw, value)) {
            throw refused("'" + shown(raw) + "'", expected());
        }
    }

    private boolean isInteger(String value) {
        try {
            long number = Long.parseLong(value);
            return number >= schema.path("minimum").asLong(Long.MIN_VALUE)
                    && number <= schema.path("maximum").asLong(Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean isText(String raw, String value) {
        int characters = raw.codePointCount(0, raw.length());
        return characters <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
                && value.length() >= schema.path("minLength").asInt(0)
                && (schema.path("enum").isMissingNode() || words().contains(value))
                && (!schema.path("format").asText().equals("date") || isDay(value))
                && (!schema.path("format").asText().equals("date-time") || isInstant(value));
    }

    private static boolean isInstant(String value) {
        try {
            return OffsetDateTime.parse(value).getYear() >= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isDay(String value) {
        try {
            return LocalDate.parse(value).getYear() >= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    private String expected() {
        if (schema.has("enum")) {
            return "one of " + words();
        }
        if (schema.path("type").asText().equals("integer")) {
            return "a whole number" + range("minimum", "maximum", "");
        }
        if (schema.path("format").asText().equals("date")) {
            return "a day such as 2026-01-31";
        }
        if (schema.path("format").asText().equals("date-time")) {
            return "an instant such as 2026-01-31T12:00:00Z";
        }
        return "text" + range("minLength", "maxLength", " characters");
    }

    private String range(String from, String to, String unit) {
        String low = schema.has(from) ? " from " + schema.path(from).asText() : "";
        return schema.has(to) ? low + " to " + schema.path(to).asText() + unit : low + (low.isEmpty() ? "" : unit);
    }

    /** A client that sends a megabyte needn't get it back. */
    static String shown(String raw) {
        return raw.length() <= 60 ? raw : raw.substring(0, 60) + "... (" + raw.length() + " characters)";
    }

    private ProblemException refused(String what, String expected) {
        return new ProblemException(Problem.badParameter(name, name + ": " + what + " (expected: " + expected + ")"));
    }
}
