package io.gamestream.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** The Confluent-compatible HTTP API: Confluent's registry, Apicurio's {@code ccompat}, Karapace. */
final class HttpRegistryClient implements SchemaRegistryClient {

    private final RegistryHttp http;
    private final String where;

    HttpRegistryClient(RegistryConfig config) {
        this.http = new RegistryHttp(config);
        this.where =
                String.join(", ", config.urls().stream().map(Object::toString).toList());
    }

    @Override
    public Optional<Schema> schema(int id) {
        return http.get("/schemas/ids/" + id).map(answer -> parse("schema id " + id, answer));
    }

    @Override
    public Optional<Integer> id(String subject, Schema schema) {
        return http.send("POST", subjectPath(subject), body(schema))
                .map(answer -> answer.path("id").asInt());
    }

    @Override
    public int register(String subject, Schema schema) {
        return http.send("POST", subjectPath(subject) + "/versions", body(schema))
                .map(answer -> answer.path("id").asInt())
                .orElseThrow(() -> new RegistryException(404, where + " cannot register subject " + subject));
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
        return http.get(subjectPath(subject) + "/versions/latest")
                .map(answer -> new RegisteredSchema(
                        subject,
                        answer.path("version").asInt(),
                        answer.path("id").asInt(),
                        parse("subject " + subject, answer)));
    }

    @Override
    public List<String> subjects() {
        JsonNode answer = http.get("/subjects").orElseGet(JsonNodeFactory.instance::arrayNode);
        return StreamSupport.stream(answer.spliterator(), false)
                .map(JsonNode::asText)
                .sorted()
                .toList();
    }

    @Override
    public Optional<String> compatibility(String subject) {
        return http.get("/config/" + encode(subject) + "?defaultToGlobal=false")
                .map(answer -> answer.path("compatibilityLevel").asText());
    }

    @Override
    public void setCompatibility(String subject, String level) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level);
        if (http.send("PUT", "/config/" + encode(subject), body).isEmpty()) {
            throw new RegistryException(404, where + " has no subject " + subject);
        }
    }

    @Override
    public String where() {
        return where;
    }

    private Schema parse(String what, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!"AVRO".equals(type)) {
            throw new RegistryException(200, where + ": " + what + " is of type " + type + " (expected: AVRO)");
        }
        try {
            return parse(SchemaText.parser(), answer);
        } catch (SchemaParseException e) {
            throw new RegistryException(200, where + ": " + what + " is no valid Avro schema: " + e.getMessage());
        }
    }

    /** Schemas that the answer refers to are read before it, into the same parser. */
    private Schema parse(Schema.Parser parser, JsonNode answer) {
        for (JsonNode reference : answer.path("references")) {
            if (!parser.getTypes().containsKey(reference.path("name").asText())) {
                String path = subjectPath(reference.path("subject").asText()) + "/versions/"
                        + reference.path("version").asInt();
                parse(parser, http.get(path).orElseThrow(() -> new RegistryException(404, where + ": no " + path)));
            }
        }
        return parser.parse(answer.path("schema").asText());
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + encode(subject);
    }

    private static ObjectNode body(Schema schema) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", SchemaText.neutral(schema).toString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
