package io.gamestream.payments.psp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** HTTP as Stripe wants it. */
final class StripeHttp {

    /** The objects are read as this version of the API has them, whatever the account's default is. */
    static final String API_VERSION = "2026-07-29.dahlia";

    /** The client's own limit is to speak first where it can: it knows whether there was a connection. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final ProviderSettings settings;
    private final HttpClient client;

    /** An answer; {@code body} is a missing node where it is no JSON. */
    record Answer(int status, JsonNode body, @Nullable String requestId) {}

    StripeHttp(ProviderSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                // Over plain HTTP, an upgrade to version 2 would only cost a round trip.
                .version(
                        "http".equals(settings.baseUrl().getScheme())
                                ? HttpClient.Version.HTTP_1_1
                                : HttpClient.Version.HTTP_2)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    CompletableFuture<Answer> post(StripeRequests.Post post, String idempotencyKey) {
        return send(request(post.path())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(post.form()))
                .build());
    }

    CompletableFuture<Answer> get(String pathAndQuery) {
        return send(request(pathAndQuery).GET().build());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(settings.baseUrl() + pathAndQuery))
                .timeout(settings.timeout())
                .header("Authorization", "Bearer " + settings.apiKey())
                .header("Stripe-Version", API_VERSION)
                .header("Accept", "application/json");
    }

    /** The client's limit ends with the headers of an answer; ours is for all of it, or a body that stalls is waited for for ever. */
    private CompletableFuture<Answer> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, BodyHandlers.ofByteArray());
        CompletableFuture<Answer> answered = sent.thenApply(StripeHttp::answer)
                .orTimeout(settings.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        // Gives the connection back where nobody waits for its answer any more; of no effect otherwise.
        CompletableFuture<?> unused = answered.whenComplete((answer, thrown) -> sent.cancel(true));
        return answered;
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(
                response.statusCode(),
                json(response.body()),
                response.headers().firstValue("Request-Id").orElse(null));
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }
}
