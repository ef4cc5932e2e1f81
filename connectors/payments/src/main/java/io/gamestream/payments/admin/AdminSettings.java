package io.gamestream.payments.admin;

import io.gamestream.runtime.http.HttpSettings;
import java.time.Duration;

/**
 * Settings {@code payments-gateway.admin}.
 *
 * @param http where operators knock; it asks for no password, so it belongs on loopback or behind a proxy that does
 * @param ackTimeout how long Kafka may take to acknowledge a command
 * @param keepResolved dead letters that are shown after they were resolved; the topic has all of them, and the heap all that are
 *     open
 */
public record AdminSettings(HttpSettings http, Duration ackTimeout, int keepResolved) {

    public AdminSettings {
        if (ackTimeout.toMillis() < 100) {
            throw new IllegalArgumentException("ack-timeout: " + ackTimeout + " (expected: >= 100ms)");
        }
        if (keepResolved < 0) {
            throw new IllegalArgumentException("keep-resolved: " + keepResolved + " (expected: >= 0)");
        }
    }
}
