package io.gamestream.local.psp;

import io.gamestream.local.psp.core.Terms;
import io.gamestream.local.psp.engine.Retention;
import io.gamestream.local.psp.fault.FaultSettings;
import io.gamestream.local.psp.webhook.WebhookSettings;
import io.gamestream.runtime.http.HttpSettings;

/**
 * Settings {@code local.psp}.
 *
 * @param dataDir where the truth log is
 * @param seed of ids and of misbehaviour
 * @param apiKey the secret key that clients must have
 * @param terms fees and times
 * @param retention what is kept in memory
 */
public record PspSettings(
        String dataDir,
        long seed,
        String apiKey,
        Terms terms,
        Retention retention,
        WebhookSettings webhooks,
        FaultSettings faults,
        HttpSettings http) {

    public PspSettings {
        if (dataDir.isBlank()) {
            throw new IllegalArgumentException("data-dir: '' (expected: a directory)");
        }
        if (apiKey.isBlank()) {
            throw new IllegalArgumentException("api-key: '' (expected: such as sk_test_gamestream)");
        }
    }
}
