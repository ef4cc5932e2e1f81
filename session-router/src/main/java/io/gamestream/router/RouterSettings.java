package io.gamestream.router;

import io.gamestream.runtime.http.HttpSettings;
import java.time.Duration;

/**
 * Settings {@code session-router}.
 *
 * @param eventLoops threads that serve requests
 * @param ackTimeout for Kafka to take a request or a heartbeat; then it is refused with 503
 * @param usualWait how long a request waits for its outcome by default
 * @param longestWait the most that a client may ask for
 * @param recall how long an ended session is remembered here; after that it is read from Redis
 * @param kept how long it is remembered there
 * @param probeAfter silence of a host, after which its address is tried
 * @param tickets how players' tickets for hosts are signed
 */
public record RouterSettings(
        HttpSettings http,
        int eventLoops,
        Duration ackTimeout,
        Duration usualWait,
        Duration longestWait,
        Duration recall,
        Duration kept,
        Duration probeAfter,
        Tickets tickets) {

    /**
     * Settings {@code session-router.tickets}.
     *
     * @param issuer the {@code iss} of the tickets
     * @param validFor after it is issued
     * @param key file with the private JWK (Ed25519); empty for one that is made at the start, for one router alone
     */
    public record Tickets(String issuer, Duration validFor, String key) {

        public Tickets {
            if (issuer.isBlank()) {
                throw new IllegalArgumentException("issuer: empty (expected: a name)");
            }
            positive("valid-for", validFor);
        }
    }

    public RouterSettings {
        if (eventLoops < 1) {
            throw new IllegalArgumentException("event-loops: " + eventLoops + " (expected: >= 1)");
        }
        positive("ack-timeout", ackTimeout);
        positive("usual-wait", usualWait);
        positive("recall", recall);
        positive("kept", kept);
        positive("probe-after", probeAfter);
        if (longestWait.compareTo(usualWait) < 0) {
            throw new IllegalArgumentException(
                    "longest-wait: " + longestWait + " (expected: at least usual-wait, " + usualWait + ")");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1ms)");
        }
    }
}
