package io.gamestream.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** A player, a host's agent, or an operator, over HTTP. */
final class Client {

    /** An answer. */
    record Answer(int status, JsonNode body, HttpResponse<String> raw) {

        String text(String field) {
            return body.path(field).asText();
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    Client(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    Answer post(String path, String body, String... headers) {
        return send(request(path, headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Server-sent events as they come, until the router ends them. */
    Stream<JsonNode> events(String path) {
        try {
            return http.send(request(path).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> json(line.substring(6)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request for a session of one player who lives there. */
    Answer play(String player, String key, String game, String region) {
        return post(
                "/v1/sessions",
                "{\"playerId\":\"" + player + "\",\"gameId\":\"" + game + "\",\"rttMs\":{\"" + region + "\":10}}",
                "Idempotency-Key",
                key);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(40));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> raw = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body =
                    raw.body().startsWith("{") ? Json.MAPPER.readTree(raw.body()) : Json.MAPPER.createObjectNode();
            return new Answer(raw.statusCode(), body, raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
