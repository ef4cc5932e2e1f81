package io.gamestream.local.psp;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A simulator on a free port, without latency and webhooks unless a test sets them. */
final class Simulator implements AutoCloseable {

    static final String KEY = "sk_test_gamestream";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final PspService service;

    Simulator(Path dir, Map<String, String> overrides) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("data-dir", dir.toString());
        all.put("http.port", "0");
        all.put("api-key", KEY);
        all.put("webhooks.secrets", "[\"whsec_test_gamestream\"]");
        all.put("webhooks.url", "");
        all.put("faults.transport.latency-min-ms", "0");
        all.put("faults.transport.latency-max-ms", "0");
        all.putAll(overrides);
        service = PspService.start(Settings.load(
                null,
                Map.of(),
                all.entrySet().stream()
                        .collect(Collectors.toMap(entry -> "local.psp." + entry.getKey(), Map.Entry::getValue))));
    }

    String url() {
        return "http://127.0.0.1:" + service.port();
    }

    /** Stripe's own client, which never tries again by itself. */
    StripeClient sdk() {
        return StripeClient.builder()
                .setApiKey(KEY)
                .setApiBase(url())
                .setConnectTimeout(5_000)
                .setReadTimeout(5_000)
                .setMaxNetworkRetries(0)
                .build();
    }

    HttpResponse<String> post(String path, String key, Map<String, String> form) throws Exception {
        return CLIENT.send(request(path, key, form), BodyHandlers.ofString());
    }

    /** The answer from its headers on. */
    HttpResponse<InputStream> begin(String path, String key, Map<String, String> form) throws Exception {
        return CLIENT.send(request(path, key, form), BodyHandlers.ofInputStream());
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String key, Map<String, String> form) {
        return CLIENT.sendAsync(request(path, key, form), BodyHandlers.ofString());
    }

    JsonNode get(String path) throws Exception {
        return json(CLIENT.send(authorized(path).GET().build(), BodyHandlers.ofString()));
    }

    int status(String path) throws Exception {
        return CLIENT.send(authorized(path).GET().build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** JSON to one of the simulator's own routes. */
    JsonNode admin(String path, String json) throws Exception {
        HttpResponse<String> answer =
                CLIENT.send(authorized(path).POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
        return json(answer);
    }

    JsonNode reset(String path) throws Exception {
        return json(CLIENT.send(authorized(path).DELETE().build(), BodyHandlers.ofString()));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.MAPPER.readTree(answer.body());
    }

    private HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + KEY);
    }

    private HttpRequest request(String path, String key, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return authorized(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        service.close();
    }
}
