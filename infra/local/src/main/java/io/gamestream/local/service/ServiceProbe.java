package io.gamestream.local.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks services over HTTP how they are. */
public final class ServiceProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** Whether the service at {@code base}, such as {@code http://127.0.0.1:8181}, has started and restored its state. */
    public boolean isReady(String base) {
        return get(base + "/readyz").map(answer -> answer.statusCode() == 200).orElse(false);
    }

    /** Such as {@code views: loading; search: waits for views}; says so where it doesn't answer, or is ready meanwhile. */
    public String whyNotReady(String base) {
        return get(base + "/readyz").map(ServiceProbe::reasons).orElse("no answer");
    }

    private static String reasons(HttpResponse<String> answer) {
        try {
            List<String> reasons = new ArrayList<>();
            for (JsonNode check : Json.MAPPER.readTree(answer.body()).path("checks")) {
                if (!check.path("ready").asBoolean()) {
                    reasons.add(check.path("name").asText() + ": "
                            + check.path("reason").asText("not ready"));
                }
            }
            return reasons.isEmpty() ? "status " + answer.statusCode() : String.join("; ", reasons);
        } catch (JsonProcessingException e) {
            return "status " + answer.statusCode();
        }
    }

    /** Empty where the service doesn't answer. */
    public Optional<PrometheusText> metrics(String base) {
        return get(base + "/metrics")
                .filter(answer -> answer.statusCode() == 200)
                .map(answer -> new PrometheusText(answer.body()));
    }

    private Optional<HttpResponse<String>> get(String url) {
        try {
            return Optional.of(client.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
