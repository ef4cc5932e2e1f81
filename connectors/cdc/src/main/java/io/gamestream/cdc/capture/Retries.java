package io.gamestream.cdc.capture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait after trouble, and when to give up. */
final class Retries {

    private final Duration first;
    private final Duration longest;
    private final Duration patience;
    private final int unknownTries;
    private Duration next;
    private int unknown;
    private @Nullable Long sinceNanos;

    Retries(Duration first, Duration longest, Duration patience, int unknownTries) {
        this.first = first;
        this.longest = longest;
        this.patience = patience;
        this.unknownTries = unknownTries;
        this.next = first;
    }

    /**
     * The pause before the next attempt.
     *
     * @param progressed whether the attempt had got anything done
     * @return null to give up
     */
    @Nullable
    Duration after(Trouble.Kind kind, boolean progressed) {
        return after(kind, progressed, System.nanoTime());
    }

    @Nullable
    Duration after(Trouble.Kind kind, boolean progressed, long nowNanos) {
        if (kind == Trouble.Kind.FATAL) {
            return null;
        }
        if (progressed) {
            next = first;
            unknown = 0;
            sinceNanos = null;
        }
        Long since = sinceNanos;
        if (since == null) {
            sinceNanos = nowNanos;
        } else if (nowNanos - since > patience.toNanos()) {
            return null;
        }
        if (kind == Trouble.Kind.UNKNOWN && ++unknown >= unknownTries) {
            return null;
        }
        Duration pause = next;
        next = pause.multipliedBy(2).compareTo(longest) > 0 ? longest : pause.multipliedBy(2);
        return pause;
    }
}
