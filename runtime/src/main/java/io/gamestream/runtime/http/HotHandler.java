package io.gamestream.runtime.http;

import io.vertx.core.http.HttpServerRequest;

/** Answers reads of one item without the router in between. Runs on an event loop and must not block. */
@FunctionalInterface
public interface HotHandler {

    /**
     * Answers one request.
     *
     * @param id the last segment of the path, percent-decoded
     */
    void handle(HttpServerRequest request, String id);
}
