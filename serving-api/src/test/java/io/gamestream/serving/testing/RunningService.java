package io.gamestream.serving.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.serving.ServingService;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The service in this JVM, on a stack, asked through HTTP. */
public final class RunningService implements AutoCloseable {

    private final ServingService service;
    private final URI base;
    /** HTTP/1.1: the limits of request lines and headers are other ones, with other statuses, in HTTP/2. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningService(ServingService service, URI base) {
        this.service = service;
        this.base = base;
    }

    /** Waits until it is ready. */
    public static RunningService start(Stack stack, Map<String, String> overrides) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, String> all = stack.connectionSettings();
        all.put("serving.http.port", String.valueOf(port));
        all.putAll(overrides);
        ServingService service = ServingService.start(Settings.load(null, Map.of(), all));
        RunningService running = new RunningService(service, URI.create("http://127.0.0.1:" + port));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> running.get("/readyz").statusCode() == 200);
        return running;
    }

    public HttpResponse<String> get(String pathAndQuery, String... headers) throws IOException, InterruptedException {
        return client.send(request(pathAndQuery, headers).build(), BodyHandlers.ofString());
    }

    public JsonNode json(String pathAndQuery) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(get(pathAndQuery).body());
    }

    public HttpRequest.Builder request(String pathAndQuery, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(pathAndQuery));
        return headers.length == 0 ? request : request.headers(headers);
    }

    public HttpClient client() {
        return client;
    }

    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        service.close();
    }
}
