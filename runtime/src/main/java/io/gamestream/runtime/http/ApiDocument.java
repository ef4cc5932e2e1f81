package io.gamestream.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The OpenAPI 3.1 document of a service, as {@code /openapi.json} answers it, and the one place where its routes and the bounds of
 * their query parameters are said: {@link HttpRoutes} refuses to start with a route that is not described or a description without a
 * route, and refuses requests whose query the document does not allow. So the two can't drift apart.
 *
 * <p>The operations endpoints ({@code /healthz} and the like), the schema {@code Problem} and the usual refusals are there without
 * being written down again: see {@code ops-openapi.json}.
 */
public final class ApiDocument {

    private static final String OPERATIONS = "ops-openapi.json";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");

    private final ObjectNode root;
    private final Map<String, Map<String, ApiOperation>> operations = new TreeMap<>();

    private ApiDocument(ObjectNode root) {
        this.root = root;
        root.path("paths").properties().forEach(path -> addPath(path.getKey(), path.getValue()));
    }

    /** Of a service that has nothing but operations endpoints. */
    static ApiDocument operationsOnly() {
        return new ApiDocument(read(ApiDocument.class, OPERATIONS));
    }

    /**
     * Reads a document.
     *
     * @param beside a class in whose package the resource is
     * @param resource name of the JSON file
     * @param values of settings that the document speaks of: {@code "${name}"} in it becomes the value
     * @throws IllegalArgumentException for a document that is none, or whose placeholders are not exactly these values
     */
    public static ApiDocument load(Class<?> beside, String resource, Map<String, ?> values) {
        ObjectNode own = read(beside, resource);
        Set<String> unused = new HashSet<>(values.keySet());
        fill(own, values, unused);
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException(resource + ": says nothing of " + unused);
        }
        merge(own, read(ApiDocument.class, OPERATIONS), resource);
        return new ApiDocument(own);
    }

    /**
     * What a handler gets of a query.
     *
     * @throws ProblemException for a query that the document does not allow
     */
    public Parameters parameters(String method, String path, MultiMap query) {
        return new Parameters(operation(method, path), query);
    }

    /** The methods of each path, in upper case. */
    Map<String, Set<String>> methods() {
        Map<String, Set<String>> all = new TreeMap<>();
        operations.forEach((path, byMethod) -> all.put(path, new TreeSet<>(byMethod.keySet())));
        return all;
    }

    /** @throws IllegalStateException where it is not described */
    ApiOperation operation(String method, String path) {
        ApiOperation found = operations.getOrDefault(path, Map.of()).get(method);
        if (found == null) {
            throw new IllegalStateException("route " + method + " " + path + " is not in the OpenAPI document");
        }
        return found;
    }

    Buffer json() {
        return Json.write(root);
    }

    private void addPath(String path, JsonNode item) {
        Map<String, ApiOperation> byMethod = new TreeMap<>();
        item.properties().forEach(member -> {
            if (METHODS.contains(member.getKey())) {
                String method = member.getKey().toUpperCase(Locale.ROOT);
                byMethod.put(method, ApiOperation.of(method + " " + path, root, item, member.getValue()));
            }
        });
        operations.put(path, byMethod);
    }

    private static ObjectNode read(Class<?> beside, String name) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return (ObjectNode) Json.MAPPER.readTree(in);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + " is not JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static void fill(ObjectNode object, Map<String, ?> values, Set<String> unused) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            if (value instanceof TextNode && value.textValue().startsWith("${")) {
                String name = value.textValue().substring(2, value.textValue().length() - 1);
                if (!values.containsKey(name)) {
                    throw new IllegalArgumentException("OpenAPI document: no value for ${" + name + "}");
                }
                unused.remove(name);
                member.setValue(Json.MAPPER.valueToTree(values.get(name)));
            }
            fillBelow(value, values, unused);
        }
    }

    private static void fillBelow(JsonNode value, Map<String, ?> values, Set<String> unused) {
        if (value instanceof ObjectNode object) {
            fill(object, values, unused);
        } else if (value.isArray()) {
            value.forEach(element -> fillBelow(element, values, unused));
        }
    }

    /** Adds the paths and the components of every service; neither may be said twice. */
    private static void merge(ObjectNode into, ObjectNode from, String name) {
        add(into.withObject("/paths"), from.path("paths"), name);
        from.path("components")
                .properties()
                .forEach(kind -> add(into.withObject("/components/" + kind.getKey()), kind.getValue(), name));
    }

    private static void add(ObjectNode into, JsonNode from, String name) {
        from.properties().forEach(member -> {
            if (into.has(member.getKey())) {
                throw new IllegalArgumentException(name + ": " + member.getKey() + " is in " + OPERATIONS + " already");
            }
            into.set(member.getKey(), member.getValue());
        });
    }
}
