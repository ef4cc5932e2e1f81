package io.gamestream.chaos.payments.check;

import java.util.Set;
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

    private static final Set<Integer> LATER = Set.of(408, 409, 429);

    /** What was asked. */
    public enum Kind {
        PLACE,
        FOLLOW_UP,
        /** Nothing may come of it. */
        BAD,
        /** A webhook whose signature isn't valid, or isn't any more. */
        FORGED
    }

    public boolean accepted() {
        return status == 202;
    }

    /** A no for good: not "later", and not "it is being done". */
    public boolean refused() {
        return status >= 400 && status < 500 && !LATER.contains(status);
    }
}
