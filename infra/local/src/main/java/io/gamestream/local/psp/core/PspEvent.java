package io.gamestream.local.psp.core;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened, of which webhooks tell.
 *
 * @param created seconds of the epoch
 * @param object the id of what it happened to; its state then is in the same entry of the log
 * @param requestId of the request that caused it; null where the world did
 * @param idempotencyKey of that request
 */
public record PspEvent(
        String id,
        long created,
        String type,
        String object,
        @Nullable String requestId,
        @Nullable String idempotencyKey) {}
