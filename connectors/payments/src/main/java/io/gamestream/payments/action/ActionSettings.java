package io.gamestream.payments.action;

import io.gamestream.payments.psp.ProviderSettings;
import java.net.URI;
import java.time.Duration;

/**
 * Settings {@code payments-gateway.action}.
 *
 * @param servingUrl of the serving API, which knows the payment intent of an order
 * @param timeout of a read there, the wait for a position included
 * @param inFlight at a time; more are asked to come again
 * @param provider the account at the PSP; a key that may only read payment intents is enough
 */
public record ActionSettings(URI servingUrl, Duration timeout, int inFlight, ProviderSettings provider) {

    public ActionSettings {
        if (servingUrl.getHost() == null
                || servingUrl.getScheme() == null
                || !servingUrl.getScheme().matches("https?")) {
            throw new IllegalArgumentException(
                    "serving-url: " + servingUrl + " (expected: such as http://127.0.0.1:8080)");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: >= 1ms)");
        }
        if (inFlight < 1) {
            throw new IllegalArgumentException("in-flight: " + inFlight + " (expected: >= 1)");
        }
    }
}
