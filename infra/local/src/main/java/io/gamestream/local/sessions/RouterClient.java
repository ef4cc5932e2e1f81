package io.gamestream.local.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The session router's door, as players and hosts use it. What is called on an event loop is answered there. */
final class RouterClient {

    private static final int CONNECTIONS = 64;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final String DATA = "data: ";

    /** An answer, as it came. */
    record Answer(int status, String text) {

        /** The body; null in JSON where it isn't an object. */
        JsonNode body() {
            return json(text);
        }
    }

    private final Vertx vertx;
    private final HttpClient client;
    private final HttpClient streams;
    private final Supplier<URI> routers;
    private volatile boolean closed;

    /** A client of one router. */
    RouterClient(Vertx vertx, URI router, int mostStreams) {
        this(vertx, () -> router, mostStreams);
    }

    /**
     * A client of several.
     *
     * @param routers says for each request whom to ask
     * @param mostStreams that are open at once
     */
    RouterClient(Vertx vertx, Supplier<URI> routers, int mostStreams) {
        this.vertx = vertx;
        this.routers = routers;
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout((int) CONNECT_WITHIN.toMillis());
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.streams = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(Math.max(1, mostStreams)));
    }

    /** From now on every request fails: clients that go away together would each have much to say of it. */
    void close() {
        closed = true;
    }

    Future<Answer> post(String path, String body, Map<String, String> headers, Duration within) {
        return send(HttpMethod.POST, path, body, headers, within);
    }

    Future<Answer> delete(String path, Duration within) {
        return send(HttpMethod.DELETE, path, "", Map.of(), within);
    }

    /** The body as it came. */
    Future<String> text(String path, Duration within) {
        return within(within, () -> request(client, HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(Buffer::toString)));
    }

    /**
     * Listens to server-sent events; fails, or completes when the router has ended them.
     *
     * @param begun is given what ends the stream from this side
     */
    Future<Void> events(String path, Consumer<JsonNode> each, Consumer<Runnable> begun) {
        if (closed) {
            return Future.failedFuture("closed");
        }
        return request(streams, HttpMethod.GET, path)
                .compose(request -> {
                    begun.accept(() -> request.reset().onFailure(gone -> {}));
                    return request.send();
                })
                .compose(response -> {
                    if (response.statusCode() != 200) {
                        return response.body()
                                .compose(body -> Future.failedFuture(new StreamRefused(response.statusCode())));
                    }
                    response.handler(RecordParser.newDelimited("\n\n", event -> data(event.toString(), each)));
                    return response.end();
                });
    }

    /** There are no events to be had. */
    static final class StreamRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final int status;

        StreamRefused(int status) {
            super("HTTP " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private Future<HttpClientRequest> request(HttpClient by, HttpMethod method, String path) {
        URI router = routers.get();
        return by.request(method, router.getPort(), router.getHost(), path);
    }

    private Future<Answer> send(
            HttpMethod method, String path, String body, Map<String, String> headers, Duration within) {
        return within(within, () -> request(client, method, path)
                .compose(request -> {
                    headers.forEach(request::putHeader);
                    return request.send(body);
                })
                .compose(response ->
                        response.body().map(answer -> new Answer(response.statusCode(), answer.toString()))));
    }

    private <T> Future<T> within(Duration time, Supplier<Future<T>> request) {
        if (closed) {
            return Future.failedFuture("closed");
        }
        return request.get()
                .timeout(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS)
                .recover(e -> Future.failedFuture(
                        e instanceof TimeoutException ? new TimeoutException("no answer within " + time) : e));
    }

    private static void data(String event, Consumer<JsonNode> each) {
        event.lines()
                .filter(line -> line.startsWith(DATA))
                .findFirst()
                .ifPresent(line -> each.accept(json(line.substring(DATA.length()))));
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("{") ? Json.MAPPER.readTree(text) : Json.MAPPER.nullNode();
        } catch (JsonProcessingException e) {
            return Json.MAPPER.nullNode();
        }
    }

    Vertx vertx() {
        return vertx;
    }
}
