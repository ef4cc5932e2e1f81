package io.gamestream.payments.reconcile;

import io.gamestream.schemas.payments.BreakKind;
import org.jspecify.annotations.Nullable;

/**
 * One difference.
 *
 * @param object of the PSP that it is about
 * @param expected ours, for people
 * @param actual the PSP's, for people
 * @param differenceMinor the PSP's less ours
 */
record Difference(
        BreakKind kind,
        String object,
        @Nullable String orderId,
        @Nullable String postingId,
        String expected,
        String actual,
        long differenceMinor,
        String currency) {

    /** The same difference has the same id in every run. */
    String id() {
        return kind + ":" + (postingId == null ? object : postingId);
    }
}
