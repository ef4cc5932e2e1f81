package io.gamestream.serving.routing;

import java.time.Duration;

/**
 * Settings {@code serving.routing}.
 *
 * @param connectTimeout to another instance
 * @param requestTimeout for its answer, beside what the client itself asked to wait
 * @param hedgeAfter without an answer, the next copy is asked as well and the first answer wins
 * @param suspectFor an instance that could not be reached is asked last for so long
 * @param maxStandbyAge a copy that is older, or whose age is not known yet, does not answer for the active one
 * @param maxConnections to one other instance
 */
public record RoutingSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        Duration hedgeAfter,
        Duration suspectFor,
        Duration maxStandbyAge,
        int maxConnections) {

    public RoutingSettings {
        positive("connect-timeout", connectTimeout);
        positive("request-timeout", requestTimeout);
        positive("hedge-after", hedgeAfter);
        positive("suspect-for", suspectFor);
        positive("max-standby-age", maxStandbyAge);
        if (maxConnections < 1) {
            throw new IllegalArgumentException("max-connections: " + maxConnections + " (expected: >= 1)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
