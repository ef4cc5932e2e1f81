package io.gamestream.serving;

import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Readiness;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The limit that reads are measured against: the same server, the same way through it, a constant body. Off by default. */
final class ConstantPart implements ServingPart {

    private static final int MAX_BYTES = 65_536;

    private final Map<String, Buffer> bodies = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public void mount(Vertx vertx, HttpRoutes routes) {
        routes.hot("/bench/constant/{bytes}", this::answer);
    }

    private void answer(HttpServerRequest request, String bytes) {
        Buffer body = bodies.get(bytes);
        if (body == null) {
            body = make(bytes);
            bodies.putIfAbsent(bytes, body);
        }
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, Json.MEDIA_TYPE).end(body);
    }

    private static Buffer make(String text) {
        try {
            int bytes = Integer.parseInt(text);
            if (bytes >= 2 && bytes <= MAX_BYTES) {
                byte[] body = new byte[bytes];
                Arrays.fill(body, (byte) 'x');
                body[0] = '"';
                body[bytes - 1] = '"';
                return Buffer.buffer(body);
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number out of bounds.
        }
        throw new ProblemException(
                Problem.badParameter("bytes", text + " (expected: a whole number from 2 to " + MAX_BYTES + ")"));
    }

    @Override
    public void start() {}

    @Override
    public Readiness.Status status() {
        return Readiness.Status.READY;
    }

    @Override
    public void close() {}
}
