package io.gamestream.payments.webhook;

import io.gamestream.runtime.settings.Secret;
import java.time.Duration;
import java.util.List;

/**
 * Settings {@code payments-gateway.webhooks}.
 *
 * @param secrets of the endpoint, or {@code file:} and where each is; two while they are rotated
 * @param tolerance how far a signature's time may be from ours, in both directions
 * @param maxBytes of a body
 * @param livemode whether events of live payments are ours, or those of test payments
 * @param account events of another account are only archived; empty takes any
 * @param ackTimeout how long Kafka may take; then the provider is asked to send again
 * @param inFlight at a time; more are asked to come again
 */
public record WebhookSettings(
        List<String> secrets,
        Duration tolerance,
        int maxBytes,
        boolean livemode,
        String account,
        Duration ackTimeout,
        int inFlight) {

    public WebhookSettings {
        secrets = secrets.stream().map(secret -> Secret.of("secrets", secret)).toList();
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("secrets: (expected: at least one, none of them blank)");
        }
        atLeast("tolerance", tolerance.toSeconds(), 1);
        atLeast("max-bytes", maxBytes, 1_024);
        atLeast("ack-timeout", ackTimeout.toMillis(), 100);
        atLeast("in-flight", inFlight, 1);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "webhooks of " + (livemode ? "live" : "test") + " mode";
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
