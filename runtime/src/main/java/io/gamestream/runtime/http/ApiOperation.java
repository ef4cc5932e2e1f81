package io.gamestream.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One method on one path, as the OpenAPI document describes it. */
final class ApiOperation {

    /** Of an operation that takes no notice of parameters that it does not know, such as what a health check adds. */
    private static final String LENIENT = "x-ignores-unknown-parameters";

    private final Map<String, ApiParameter> query;
    private final boolean lenient;

    private ApiOperation(Map<String, ApiParameter> query, boolean lenient) {
        this.query = query;
        this.lenient = lenient;
    }

    /**
     * Reads the description.
     *
     * @param where such as {@code GET /v1/games}
     * @param root of the document, for references
     */
    static ApiOperation of(String where, JsonNode root, JsonNode path, JsonNode operation) {
        Map<String, ApiParameter> query = new LinkedHashMap<>();
        for (JsonNode list : List.of(path.path("parameters"), operation.path("parameters"))) {
            for (JsonNode each : list) {
                JsonNode parameter = resolve(root, each);
                if (parameter.path("in").asText().equals("query")) {
                    String name = parameter.path("name").asText();
                    query.put(name, ApiParameter.of(where, parameter, resolve(root, parameter.path("schema"))));
                }
            }
        }
        return new ApiOperation(query, operation.path(LENIENT).asBoolean());
    }

    /**
     * Checks a query: nobody has use for a misspelt filter that is ignored, or for one of two limits.
     *
     * @throws ProblemException that names the parameter
     */
    void check(MultiMap values) {
        for (String name : values.names()) {
            ApiParameter known = query.get(name);
            if (known == null && lenient) {
                continue;
            }
            if (known == null) {
                List<String> names = query.keySet().stream().sorted().toList();
                String shown = ApiParameter.shown(name);
                throw new ProblemException(Problem.badParameter(
                        shown,
                        "parameter " + shown + " is unknown here (expected: "
                                + (names.isEmpty() ? "no parameter" : "one of " + names) + ")"));
            }
            known.check(values.getAll(name));
        }
        for (ApiParameter parameter : query.values()) {
            parameter.checkPresence(values);
        }
    }

    /** What the document says of a parameter; asking for another one is a mistake of ours. */
    ApiParameter parameter(String name) {
        ApiParameter known = query.get(name);
        if (known == null) {
            throw new IllegalArgumentException("parameter: " + name + " (expected: one of " + query.keySet() + ")");
        }
        return known;
    }

    private static JsonNode resolve(JsonNode root, JsonNode node) {
        JsonNode reference = node.get("$ref");
        if (reference == null) {
            return node;
        }
        JsonNode target = root.at(reference.asText().substring(1));
        if (target.isMissingNode()) {
            throw new IllegalArgumentException("OpenAPI document: there is no " + reference.asText());
        }
        return resolve(root, target);
    }
}
