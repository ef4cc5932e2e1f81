package io.gamestream.local.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the answers of a running service to the OpenAPI document that it gives out. Schemas are taken as closed: a member that the
 * document does not know is a violation. What the document promises and no answer has shown is told by {@link #unseen()}.
 */
public final class ApiContract {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HERE = "https://gamestream.example/openapi.json";

    private final JsonNode document;
    private final JsonSchemaFactory schemas;
    private final SchemaValidatorsConfig settings = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ROOT)
            .build();
    private final Map<String, JsonPointer> promised = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();

    private ApiContract(JsonNode document) {
        this.document = document;
        JsonNode closed = document.deepCopy();
        close(closed);
        this.schemas = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(HERE, closed.toString()))));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> method.getValue()
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(status -> promise(path.getKey(), method.getKey(), status))));
    }

    /**
     * Reads a document.
     *
     * @param document what {@code /openapi.json} answers
     */
    public static ApiContract of(String document) {
        try {
            return new ApiContract(MAPPER.readTree(document));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the document is not JSON", e);
        }
    }

    public JsonNode document() {
        return document;
    }

    /** The parameters of an operation, those of its path among them. */
    public List<JsonNode> parameters(String method, String path) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode item = document.path("paths").path(path);
        for (JsonNode list : List.of(
                item.path("parameters"),
                item.path(method.toLowerCase(Locale.ROOT)).path("parameters"))) {
            list.forEach(parameter -> all.add(resolve(parameter)));
        }
        return all;
    }

    /** What the document shows as the answer 200, if it shows one. */
    public JsonNode example(String method, String path, String mediaType) {
        return document.at(promised.getOrDefault(key(method, path, "200"), JsonPointer.compile("/missing")))
                .path("content")
                .path(mediaType)
                .path("example");
    }

    /** Examples that do not fit their own schemas. */
    public List<String> badExamples() {
        List<String> bad = new ArrayList<>();
        promised.forEach(
                (key, at) -> document.at(at).path("content").properties().forEach(content -> {
                    JsonNode example = content.getValue().path("example");
                    if (!example.isMissingNode()) {
                        validate(at, content.getKey(), example).forEach(error -> bad.add(key + ": " + error));
                    }
                }));
        return bad;
    }

    /**
     * What of an answer is not as the document says; empty where all is.
     *
     * @param path as the document has it, {@code /v1/games/{id}}
     */
    public List<String> violations(String method, String path, int status, HttpHeaders headers, String body) {
        String key = key(method, path, Integer.toString(status));
        JsonPointer at = promised.get(key);
        if (at == null) {
            return List.of(key + " is not in the document: " + body);
        }
        seen.add(key);
        List<String> wrong = new ArrayList<>();
        JsonNode response = document.at(at);
        checkHeaders(response.path("headers"), headers, wrong);
        checkBody(at, response.path("content"), headers, body, wrong);
        return wrong.stream().map(error -> key + ": " + error).toList();
    }

    /** Responses of the document that no answer has been checked against, such as {@code GET /v1/games 304}. */
    public Set<String> unseen() {
        Set<String> rest = new TreeSet<>(promised.keySet());
        rest.removeAll(seen);
        return rest;
    }

    private void checkHeaders(JsonNode described, HttpHeaders headers, List<String> wrong) {
        described.properties().forEach(entry -> {
            JsonNode header = resolve(entry.getValue());
            String value = headers.firstValue(entry.getKey()).orElse(null);
            if (value == null) {
                if (header.path("required").asBoolean()) {
                    wrong.add("header " + entry.getKey() + " is missing");
                }
                return;
            }
            JsonNode schema = header.path("schema");
            JsonNode typed = schema.path("type").asText().equals("integer")
                    ? MAPPER.getNodeFactory().numberNode(Long.parseLong(value))
                    : MAPPER.getNodeFactory().textNode(value);
            schemas.getSchema(schema, settings)
                    .validate(typed)
                    .forEach(error -> wrong.add("header " + entry.getKey() + ": " + error));
        });
    }

    private void checkBody(JsonPointer at, JsonNode content, HttpHeaders headers, String body, List<String> wrong) {
        if (content.isMissingNode()) {
            if (!body.isEmpty()) {
                wrong.add("a body: " + body);
            }
            return;
        }
        String type = headers.firstValue("content-type").orElse("").replaceAll(";.*", "");
        if (!content.has(type)) {
            wrong.add("content type '" + type + "'");
        } else if (type.endsWith("json")) {
            try {
                wrong.addAll(validate(at, type, MAPPER.readTree(body)));
            } catch (JsonProcessingException e) {
                wrong.add("no JSON: " + body);
            }
        }
    }

    private List<String> validate(JsonPointer response, String mediaType, JsonNode value) {
        if (!mediaType.endsWith("json")) {
            return List.of();
        }
        String fragment = response.toString() + "/content/" + mediaType.replace("/", "~1") + "/schema";
        return schemas
                .getSchema(SchemaLocation.of(HERE + "#" + fragment), settings)
                .validate(value.toString(), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private void promise(String path, String method, String status) {
        JsonPointer at =
                JsonPointer.compile("/paths/" + path.replace("/", "~1") + "/" + method + "/responses/" + status);
        JsonNode reference = document.at(at).get("$ref");
        promised.put(
                key(method, path, status),
                reference == null ? at : JsonPointer.compile(reference.asText().substring(1)));
    }

    private JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.asText().substring(1));
    }

    private static String key(String method, String path, String status) {
        return method.toUpperCase(Locale.ROOT) + " " + path + " " + status;
    }

    /** A schema that is used on its own allows no other members; one within {@code allOf} is added to, and stays open. */
    private static void close(JsonNode node) {
        node.forEach(ApiContract::close);
        if (node instanceof ObjectNode object) {
            wrap(object);
        }
    }

    /** At the places where a schema is used: bodies, members, elements. */
    private static void wrap(ObjectNode object) {
        for (String place : List.of("schema", "items")) {
            if (object.get(place) instanceof ObjectNode schema) {
                object.set(place, closed(schema));
            }
        }
        if (object.get("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(member -> {
                if (member.getValue() instanceof ObjectNode schema) {
                    member.setValue(closed(schema));
                }
            });
        }
    }

    /** Does nothing to values that are no objects. */
    private static ObjectNode closed(ObjectNode schema) {
        if (schema.has("additionalProperties")) {
            return schema;
        }
        ObjectNode closed = MAPPER.createObjectNode();
        closed.putArray("allOf").add(schema);
        closed.put("unevaluatedProperties", false);
        return closed;
    }
}
