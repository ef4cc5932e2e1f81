package io.gamestream.agent;

import java.net.URI;
import java.time.Duration;

/**
 * What an agent is told.
 *
 * @param router base URL of a router, or of what balances several
 * @param address host:port that players connect to
 * @param gpuClass STANDARD, PERFORMANCE or ULTRA
 * @param every how often it beats; at once, too, when something has changed
 * @param lease until a router says otherwise
 */
public record HostSettings(
        URI router,
        String hostId,
        String cellId,
        String address,
        String gpuClass,
        int slots,
        Duration every,
        Duration lease) {

    public HostSettings {
        if (every.toMillis() < 1 || every.multipliedBy(3).compareTo(lease) > 0) {
            throw new IllegalArgumentException("every: " + every + ", lease: " + lease
                    + " (expected: three beats within a lease, or one that is lost ends all sessions)");
        }
        if (slots < 1) {
            throw new IllegalArgumentException("slots: " + slots + " (expected: >= 1)");
        }
    }
}
