package io.gamestream.local.dlq;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.stack.StackException;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators' door of the payments gateway. */
public final class ParkedOrdersClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SETTING = "dlq.payments-url";

    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    public ParkedOrdersClient(URI base) {
        this.base = base;
    }

    /**
     * All of them.
     *
     * @param openOnly without those that are resolved
     * @throws StackException where the gateway doesn't answer; likewise below
     */
    public List<JsonNode> list(boolean openOnly) {
        List<JsonNode> letters = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/v1/admin/dlq?limit=500" + (openOnly ? "&status=OPEN" : "")
                            + (cursor.isEmpty() ? "" : "&cursor=" + escape(cursor)))
                    .orElseThrow(() -> new StackException(base + " (setting " + SETTING + ") is no payments gateway"));
            page.path("items").forEach(letters::add);
            cursor = page.path("nextCursor").asText();
        } while (!cursor.isEmpty());
        return letters;
    }

    /** One of them. */
    public Optional<JsonNode> find(String id) {
        return get("/v1/admin/dlq/" + escape(id));
    }

    /** What came of it, in words; empty where it was accepted. */
    public Optional<String> replay(String id, String actor) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create(base + "/v1/admin/dlq/" + escape(id) + "/replay"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(Map.of("actor", actor)).toString())));
        return switch (answer.statusCode()) {
            case 202 -> Optional.empty();
            case 200 -> Optional.of("resolved already; nothing was done");
            default -> Optional.of(detail(answer));
        };
    }

    private Optional<JsonNode> get(String path) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base + path)));
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new StackException(detail(answer));
        }
        return Optional.of(json(answer.body()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new StackException(
                    "the payments gateway at " + base + " (setting " + SETTING
                            + ") doesn't answer, so parked orders can't be seen: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private static String detail(HttpResponse<String> answer) {
        String detail = json(answer.body()).path("detail").asText();
        return detail.isEmpty() ? "HTTP status " + answer.statusCode() : detail;
    }

    private static JsonNode json(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return Json.MAPPER.createObjectNode();
        }
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
