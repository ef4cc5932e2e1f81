package io.gamestream.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP to the first of several registries that answers, with bounded retries. */
final class RegistryHttp {

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    /** A registry says 40401 and the like about what it doesn't have; a plain 404 means that there is no such API. */
    private static final int NOT_FOUND_CODES = 40_400;

    private final RegistryConfig config;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();

    /** Index of the URL that answered last: asked first the next time. */
    private volatile int preferred;

    RegistryHttp(RegistryConfig config) {
        this.config = config;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(config.connectTimeout());
        SSLContext tls = config.tls().context();
        this.client = tls == null ? builder.build() : builder.sslContext(tls).build();
    }

    /** The answer, or nothing when the registry says that there is no such thing (404). */
    Optional<JsonNode> get(String path) {
        return exchange("GET", path, null);
    }

    Optional<JsonNode> send(String method, String path, JsonNode body) {
        return exchange(method, path, body.toString());
    }

    private Optional<JsonNode> exchange(String method, String path, @Nullable String body) {
        IOException last = new IOException("not tried");
        long wait = config.retryWait().toMillis();
        for (int round = 0; round <= config.retries(); round++) {
            if (round > 0) {
                pause(wait);
                wait *= 2;
            }
            int first = preferred;
            for (int i = 0; i < config.urls().size(); i++) {
                int index = (first + i) % config.urls().size();
                try {
                    Optional<JsonNode> answer = exchange(config.urls().get(index), method, path, body);
                    preferred = index;
                    return answer;
                } catch (IOException e) {
                    last = e;
                }
            }
        }
        throw new RegistryUnavailableException(
                "schema registry doesn't answer: " + method + " " + config.urls() + path + ": " + reason(last) + " ("
                        + (config.retries() + 1) + " tries). Is it running, and is schema.registry.url right?",
                last);
    }

    private Optional<JsonNode> exchange(URI base, String method, String path, @Nullable String body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(config.readTimeout())
                .header("Accept", TYPE + ", application/json")
                .header("Content-Type", TYPE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (config.authorization() != null) {
            request.header("Authorization", config.authorization());
        }
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
        return answer(method + " " + base + path, response);
    }

    private Optional<JsonNode> answer(String call, HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status >= 500 || status == 429) {
            throw new IOException("status " + status + " " + response.body());
        }
        JsonNode body = parse(response.body());
        if (status < 300) {
            return Optional.of(body);
        }
        if (status == 404 && body.path("error_code").asInt() >= NOT_FOUND_CODES) {
            return Optional.empty();
        }
        String hint =
                switch (status) {
                    case 401, 403 -> ". Check basic.auth.credentials.source=USER_INFO and basic.auth.user.info";
                    case 404 -> ". Check schema.registry.url: the API's base, such as http://host:port/apis/ccompat/v7";
                    default -> "";
                };
        String message = body.has("message") ? body.get("message").asText() : response.body();
        throw new RegistryException(status, "schema registry: " + call + ": " + status + " " + message + hint);
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            // An error page of a proxy, say; the status tells.
            return MissingNode.getInstance();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
