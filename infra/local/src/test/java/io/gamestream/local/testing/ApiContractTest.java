package io.gamestream.local.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A checker is trusted when it has caught what was planted. */
class ApiContractTest {

    private static final String DOCUMENT = """
            {
              "paths": {"/v1/things/{id}": {"get": {"responses": {
                "200": {
                  "description": "A thing",
                  "headers": {"ETag": {"required": true, "schema": {"type": "string", "pattern": "^W/"}},
                              "Age-Ms": {"schema": {"type": "integer", "minimum": 0}}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"},
                                                   "example": {"id": "1", "parts": [{"name": "a"}]}}}
                },
                "404": {"$ref": "#/components/responses/NotFound"}
              }}}},
              "components": {
                "responses": {"NotFound": {"description": "None", "content": {"application/problem+json": {
                  "schema": {"allOf": [{"$ref": "#/components/schemas/Problem"}], "properties": {"status": {"const": 404}}}}}}},
                "schemas": {
                  "Problem": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
                  "Thing": {
                    "type": "object",
                    "required": ["id", "parts"],
                    "properties": {"id": {"type": "string"}, "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}}
                  },
                  "Part": {"type": "object", "properties": {"name": {"type": "string"}}}
                }
              }
            }
            """;
    private static final String PATH = "/v1/things/{id}";
    private static final String THING = "{\"id\": \"1\", \"parts\": [{\"name\": \"a\"}]}";

    private final ApiContract contract = ApiContract.of(DOCUMENT);

    @Test
    void takesWhatIsAsDescribed() {
        assertThat(found(THING)).isEmpty();
        assertThat(check(404, "application/problem+json", "{\"type\": \"x\", \"status\": 404}"))
                .isEmpty();
        assertThat(contract.badExamples()).isEmpty();
        assertThat(contract.unseen()).isEmpty();
    }

    @Test
    void tellsWhatNoAnswerHasShown() {
        assertThat(found(THING)).isEmpty();
        assertThat(contract.unseen()).containsExactly("GET " + PATH + " 404");
    }

    @Test
    void findsBodiesThatAreNotAsDescribed() {
        assertThat(found("{\"id\": \"1\"}")).as("a member is missing").isNotEmpty();
        assertThat(found("{\"id\": 1, \"parts\": []}")).as("a wrong type").isNotEmpty();
        assertThat(found("{\"id\": \"1\", \"parts\": [], \"more\": 1}"))
                .as("an unknown member")
                .isNotEmpty();
        assertThat(found("{\"id\": \"1\", \"parts\": [{\"name\": \"a\", \"more\": 1}]}"))
                .as("an unknown member below")
                .isNotEmpty();
        assertThat(found("no json")).isNotEmpty();
        assertThat(check(404, "application/problem+json", "{\"type\": \"x\", \"status\": 404, \"more\": 1}"))
                .as("beside a composed schema")
                .isNotEmpty();
        assertThat(check(404, "application/problem+json", "{\"type\": \"x\", \"status\": 400}"))
                .isNotEmpty();
    }

    @Test
    void findsStatusesTypesAndHeadersThatAreNotAsDescribed() {
        assertThat(check(500, "application/json", "{}")).isNotEmpty();
        assertThat(check(404, "text/html", "nothing")).isNotEmpty();
        assertThat(headers(Map.of("Age-Ms", "5")))
                .as("a required header is missing")
                .isNotEmpty();
        assertThat(headers(Map.of("ETag", "\"strong\""))).isNotEmpty();
        assertThat(headers(Map.of("ETag", "W/\"1\"", "Age-Ms", "-1"))).isNotEmpty();
    }

    private List<String> found(String body) {
        return contract.violations(
                "GET", PATH, 200, http(Map.of("Content-Type", "application/json", "ETag", "W/\"1\"")), body);
    }

    private List<String> headers(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return contract.violations("GET", PATH, 200, http(all), THING);
    }

    private List<String> check(int status, String type, String body) {
        return contract.violations("GET", PATH, status, http(Map.of("Content-Type", type + ";charset=utf-8")), body);
    }

    private static HttpHeaders http(Map<String, String> headers) {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return HttpHeaders.of(all, (name, value) -> true);
    }
}
