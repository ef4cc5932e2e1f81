package io.gamestream.local.psp.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Settings {@code local.psp.webhooks}.
 *
 * @param url where events are posted; empty posts none
 * @param secrets each signs: two while a secret is rotated; none: the one that is kept beside the truth log
 * @param timeout of a delivery
 * @param retryMin after the first failure; doubles with each
 * @param retryMax at most
 * @param giveUpAfter since the event
 * @param inFlight deliveries at a time
 */
public record WebhookSettings(
        String url,
        List<String> secrets,
        Duration timeout,
        Duration retryMin,
        Duration retryMax,
        Duration giveUpAfter,
        int inFlight) {

    public WebhookSettings {
        secrets = List.copyOf(secrets);
        if (!url.isEmpty() && URI.create(url).getHost() == null) {
            throw new IllegalArgumentException("url: " + url + " (expected: http://host:port/path, or empty)");
        }
        positive("timeout", timeout);
        positive("retry-min", retryMin);
        positive("give-up-after", giveUpAfter);
        if (retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException("retry-max: " + retryMax + " (expected: >= retry-min)");
        }
        if (inFlight < 1) {
            throw new IllegalArgumentException("in-flight: " + inFlight + " (expected: >= 1)");
        }
    }

    /** Signing with these. */
    public WebhookSettings withSecrets(List<String> others) {
        return new WebhookSettings(url, others, timeout, retryMin, retryMax, giveUpAfter, inFlight);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "webhooks to " + url;
    }

    /** How long to wait after so many failures. */
    long retryMs(int failures) {
        return Math.min(retryMax.toMillis(), retryMin.toMillis() << Math.min(30, failures - 1));
    }

    private static void positive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1ms or more)");
        }
    }
}
