package io.gamestream.serving.read;

import io.vertx.core.buffer.Buffer;
import java.util.function.LongFunction;

/**
 * An item that is there.
 *
 * @param etag weak, since {@code asOf} in the body moves on while the item stays the same
 * @param body from epoch ms of {@code asOf}; not made for an answer 304
 */
record Found(String etag, LongFunction<Buffer> body) {}
