package io.gamestream.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gateway, with nothing behind it. */
class OpenApiTest {

    @Test
    void everyDocumentedPathIsThereAndNamesItsProblems() throws Exception {
        Map<String, String> settings = Map.of(
                "payments-gateway.action.provider.api-key", "sk_test_gamestream",
                "payments-gateway.webhooks.secrets", "[whsec_test_gamestream]",
                "payments-gateway.http.port", "0",
                "payments-gateway.admin.http.port", "0",
                "kafka.bootstrap-servers", "127.0.0.1:1",
                "registry.url", "mock://openapi-test",
                "postgres.port", "1",
                "payments-gateway.intake.connect-timeout", "250ms");
        try (PaymentsGatewayService gateway = PaymentsGatewayService.start(Settings.load(null, Map.of(), settings))) {
            HttpClient client = HttpClient.newHttpClient();
            String base = "http://127.0.0.1:" + gateway.port();
            JsonNode document = Json.MAPPER.readTree(client.send(
                            HttpRequest.newBuilder(URI.create(base + "/openapi.json"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
            List<Map.Entry<String, JsonNode>> own = document.path("paths").properties().stream()
                    .filter(path -> path.getValue().has("post"))
                    .toList();
            assertThat(own).hasSize(5);
            assertThat(document.path("paths").has("/readyz"))
                    .as("the operations endpoints are described too")
                    .isTrue();
            for (Map.Entry<String, JsonNode> path : own) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(base + path.getKey().replace("{id}", "1")))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .header("Content-Type", "application/json")
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(400);
                assertThat(answer.body()).contains("urn:gamestream:problem:");
                assertThat(path.getValue().at("/post/responses/400").isMissingNode())
                        .isFalse();
            }
        }
    }
}
