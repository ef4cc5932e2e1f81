package io.gamestream.serving.read;

import io.vertx.core.http.HttpServerResponse;

/** An answer that is ready to be sent. */
@FunctionalInterface
interface Reply {

    void send(HttpServerResponse response);
}
