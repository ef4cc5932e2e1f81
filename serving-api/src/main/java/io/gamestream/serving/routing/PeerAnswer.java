package io.gamestream.serving.routing;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What another instance has answered. */
public record PeerAnswer(int status, MultiMap headers, Buffer body) {}
