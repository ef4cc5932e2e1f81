package io.gamestream.bench.serving;

import io.gamestream.runtime.http.HttpService;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The serving API's HTTP server with nothing behind it: every item is the same body. The limit that stores are held against. */
public final class ConstantServer {

    private ConstantServer() {}

    /**
     * Serves until it is killed.
     *
     * @param args port, file with the body, event loops
     */
    public static void main(String[] args) throws IOException {
        byte[] body = Files.readAllBytes(Path.of(args[1]));
        HttpService.Spec spec = new HttpService.Spec(
                "constant",
                new HttpSettings("127.0.0.1", Integer.parseInt(args[0])),
                "bench.http",
                Integer.parseInt(args[2]),
                new Readiness(),
                new Metrics("constant"));
        HttpService.start(
                spec,
                (vertx, routes) -> routes.hot("/v1/games/{id}", (request, id) -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, Json.MEDIA_TYPE)
                        .end(Buffer.buffer(body))));
    }
}
