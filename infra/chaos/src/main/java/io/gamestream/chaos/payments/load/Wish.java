package io.gamestream.chaos.payments.load;

import java.time.Duration;
import java.util.List;

/**
 * An order that somebody wants, and what they do about it afterwards.
 *
 * @param key the Idempotency-Key
 * @param body of the request
 * @param silent whether it comes while the PSP's webhooks are all lost
 */
record Wish(int number, Duration at, String key, String body, Repeat repeat, List<Follow> follows, boolean silent) {

    /** How the request is repeated. */
    enum Repeat {
        NO,
        /** The same, once it is answered. */
        AGAIN,
        /** The same, at the same time. */
        TWICE,
        /** The same key with another body. */
        OTHER_BODY
    }

    /**
     * A request about the order.
     *
     * @param after it was accepted
     * @param what the last part of the path: cancel, capture, refunds
     * @param body may name {@code TOTAL} and {@code HALF}, amounts of the order
     */
    record Follow(Duration after, String what, String body) {}
}
