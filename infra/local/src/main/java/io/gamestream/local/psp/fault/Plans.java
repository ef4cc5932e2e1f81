package io.gamestream.local.psp.fault;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A plan of misbehaviour as JSON, by the names of the settings. */
public final class Plans {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Plans() {}

    public static JsonNode json(FaultSettings plan) {
        return MAPPER.valueToTree(plan);
    }

    /**
     * The plan that JSON is.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static FaultSettings parse(JsonNode json) {
        try {
            return MAPPER.convertValue(json, FaultSettings.class);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof JsonMappingException cause) {
                String at = cause.getPathReference().replaceAll("[^\\[]*\\[\"([^\"]+)\"\\]", "$1.");
                Throwable root = cause.getCause() == null ? cause : cause.getCause();
                String message =
                        root instanceof JsonMappingException mapping ? mapping.getOriginalMessage() : root.getMessage();
                throw new IllegalArgumentException("faults, at " + at + " " + message, e);
            }
            throw e;
        }
    }

    /** A plan with a part of it replaced. */
    public static FaultSettings merge(FaultSettings plan, JsonNode part) {
        JsonNode whole = json(plan);
        merge((ObjectNode) whole, part);
        return parse(whole);
    }

    private static void merge(ObjectNode into, JsonNode part) {
        part.properties().forEach(entry -> {
            if (entry.getValue().isObject() && into.get(entry.getKey()) instanceof ObjectNode below) {
                merge(below, entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
