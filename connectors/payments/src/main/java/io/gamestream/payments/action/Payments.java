package io.gamestream.payments.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The payments of orders, by the serving API. */
final class Payments {

    static final String POSITION = "Backbone-Position";

    private final ActionSettings settings;
    private final HttpClient client;

    Payments(ActionSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The payment of an order. Fails with {@link ProblemException} where there is no such order or the position is none, and
     * with anything else where the serving API is away.
     *
     * @param position that the order's state must have reached
     */
    CompletableFuture<Payment> of(String orderId, @Nullable String position) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.servingUrl() + "/v1/orders/"
                        + URLEncoder.encode(orderId, StandardCharsets.UTF_8).replace("+", "%20")))
                .timeout(settings.timeout());
        if (position != null) {
            try {
                request.header(POSITION, position);
            } catch (IllegalArgumentException e) {
                throw badPosition();
            }
        }
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request.build(), BodyHandlers.ofByteArray());
        CompletableFuture<Payment> read = sent.thenApply(answer -> read(orderId, answer))
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        // Gives the connection back where nobody waits for its answer any more; of no effect otherwise.
        CompletableFuture<?> unused = read.whenComplete((payment, thrown) -> sent.cancel(true));
        return read;
    }

    private static Payment read(String orderId, HttpResponse<byte[]> answer) {
        switch (answer.statusCode()) {
            case 200 -> {
                return Payment.of(orderId, json(answer.body()));
            }
            case 400 -> throw badPosition();
            case 404 -> throw new ProblemException(Problem.notFound("There is no order " + orderId + "."));
            default -> throw new IllegalStateException("the serving API answered with " + answer.statusCode());
        }
    }

    private static ProblemException badPosition() {
        return new ProblemException(Problem.of(
                        "bad-header",
                        "A header is not valid",
                        400,
                        POSITION + ": (expected: what the answer to an earlier request had)")
                .with("header", POSITION));
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("the serving API answered with no JSON", e);
        }
    }
}
