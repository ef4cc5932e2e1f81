package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.ProviderSettings;
import io.gamestream.runtime.http.HttpSettings;
import java.time.Duration;

/**
 * Settings {@code payments-reconciliation}.
 *
 * @param every how often the books are compared
 * @param window how much of the past is judged each time; more than {@code every}, so that a missed run is made up for
 * @param lookback what is read beyond the window, to match what comes late on one side
 * @param recheck how long an open difference is judged again though it has left the window; what is read reaches back as far
 * @param settle differences younger than this are TIMING
 * @param maxBreaks open differences that a run can hold; more of them are an error of their own
 * @param provider the account
 */
public record ReconciliationSettings(
        Duration every,
        Duration window,
        Duration lookback,
        Duration recheck,
        Duration settle,
        int maxBreaks,
        ProviderSettings provider,
        HttpSettings http) {

    public ReconciliationSettings {
        positive("every", every);
        positive("window", window);
        positive("lookback", lookback);
        if (recheck.isNegative()) {
            throw new IllegalArgumentException("recheck: " + recheck + " (expected: 0s or more)");
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle: " + settle + " (expected: 0s or more)");
        }
        if (maxBreaks < 1) {
            throw new IllegalArgumentException("max-breaks: " + maxBreaks + " (expected: >= 1)");
        }
        if (window.compareTo(every.plus(settle)) < 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: at least every + settle, "
                    + every.plus(settle) + "; what is judged as TIMING must be judged again)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
