package io.gamestream.chaos.payments.check;

import org.jspecify.annotations.Nullable;

/**
 * A request to the gateway and its final answer.
 *
 * @param key the Idempotency-Key; for a webhook the event's id
 * @param body what was sent
 * @param status of the answer
 * @param orderId in the answer; null where there is none
 * @param answer its body
 * @param totalMinor what the order costs, by the answer
 * @param silent whether the PSP's webhooks were all being lost at the time
 */
public record Exchange(
        Kind kind,
        String key,
        String body,
        int status,
        @Nullable String orderId,
        String answer,
        long totalMinor,
        boolean silent) {

    /** What was asked. */
    public enum Kind {
        PLACE,
        FOLLOW_UP,
        /** Nothing may come of it. */
        BAD,
        /** A webhook with a signature that isn't valid. */
        FORGED
    }

    public boolean accepted() {
        return status == 202;
    }
}
