package io.gamestream.cdc.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.capture.Snapshots;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminRoutesTest {

    private static final Settings SETTINGS = Settings.load(null, Map.of(), Map.of("cdc.http.port", "0"));

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics("cdc");
    private final HttpService service = HttpService.start(
            new HttpService.Spec(
                    "cdc", SETTINGS.bind("cdc", CdcSettings.class).http(), "cdc.http", 1, new Readiness(), metrics),
            new AdminRoutes(new Snapshots(SETTINGS.bind("postgres", PostgresSettings.class)), List.of())::addTo);

    @AfterEach
    void stop() throws Exception {
        service.close();
        metrics.close();
    }

    @Test
    void takesJsonAndNothingThatAPageInABrowserMayPost() throws Exception {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp", "")) {
            HttpResponse<String> refused = post(type);
            assertThat(refused.statusCode()).as(type).isEqualTo(415);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            JsonNode problem = Json.MAPPER.readTree(refused.body());
            assertThat(problem.path("type").asText()).endsWith(":unsupported-media-type");
            assertThat(problem.path("detail").asText()).contains("expected: application/json");
        }
        for (String type : List.of("application/json", "Application/JSON; charset=utf-8")) {
            assertThat(post(type).statusCode()).as("no such table").isEqualTo(404);
        }
        assertThat(post("application/json", "Origin", "http://rebound.example:8181")
                        .statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> post(String type, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/v1/admin/snapshots"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"table\": \"shop.nothing\"}"));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
