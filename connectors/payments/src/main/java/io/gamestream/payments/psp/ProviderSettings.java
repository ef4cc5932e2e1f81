package io.gamestream.payments.psp;

import io.gamestream.runtime.settings.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * Settings {@code payments-worker.provider}: one account at a provider that speaks Stripe's API.
 *
 * @param baseUrl {@code https://api.stripe.com}, or the simulator's
 * @param apiKey the secret key, or {@code file:} and where it is
 * @param timeout of a call; after it the outcome is unknown
 * @param connectTimeout after it nothing was sent
 * @param breaker keeps calls away from a provider that fails
 * @param rate of calls
 */
public record ProviderSettings(
        URI baseUrl, String apiKey, Duration timeout, Duration connectTimeout, Breaker breaker, Rate rate) {

    /**
     * The circuit breaker.
     *
     * @param failureRate per cent of the window's calls that open it: outcomes unknown, and calls that could not be sent
     * @param window how far it looks back
     * @param minCalls in the window, before it judges
     * @param resetAfter how long it stays open
     * @param trialCalls let through then, to see
     */
    public record Breaker(double failureRate, Duration window, int minCalls, Duration resetAfter, int trialCalls) {

        public Breaker {
            if (!(failureRate > 0 && failureRate <= 100)) {
                throw new IllegalArgumentException("failure-rate: " + failureRate + " (expected: above 0, to 100)");
            }
            atLeast("window", window.toSeconds(), 1, "s");
            atLeast("min-calls", minCalls, 1, "");
            atLeast("reset-after", resetAfter.toMillis(), 1, "ms");
            atLeast("trial-calls", trialCalls, 1, "");
        }
    }

    /**
     * The limit that the provider asks its clients to keep.
     *
     * @param perSecond requests; a read of a payment makes about five
     * @param maxWait for a turn; beyond, the request is not made
     */
    public record Rate(int perSecond, Duration maxWait) {

        public Rate {
            atLeast("per-second", perSecond, 1, "");
            atLeast("max-wait", maxWait.toMillis(), 0, "ms");
        }
    }

    public ProviderSettings {
        if (baseUrl.getHost() == null
                || baseUrl.getScheme() == null
                || !baseUrl.getScheme().matches("https?")) {
            throw new IllegalArgumentException("base-url: " + baseUrl + " (expected: such as https://api.stripe.com)");
        }
        apiKey = Secret.of("api-key", apiKey);
        if (apiKey.isBlank()) {
            throw new IllegalArgumentException("api-key: '' (expected: the account's secret key)");
        }
        atLeast("timeout", timeout.toMillis(), 1, "ms");
        atLeast("connect-timeout", connectTimeout.toMillis(), 1, "ms");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return baseUrl.toString();
    }

    private static void atLeast(String name, long value, long least, String unit) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + unit + " (expected: >= " + least + unit + ")");
        }
    }
}
