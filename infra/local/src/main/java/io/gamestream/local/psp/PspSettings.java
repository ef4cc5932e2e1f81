package io.gamestream.local.psp;

import io.gamestream.local.psp.core.Terms;
import io.gamestream.local.psp.engine.Retention;
import io.gamestream.local.psp.fault.FaultSettings;
import io.gamestream.local.psp.webhook.WebhookSettings;
import io.gamestream.runtime.http.HttpSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings {@code local.psp}.
 *
 * @param dataDir where the truth log is
 * @param seed of ids and of misbehaviour
 * @param apiKey the secret key that clients must have; empty: the one that is kept in {@code dataDir}
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
    }

    /** The same with the keys that are kept in {@code dataDir}, where the settings have none. */
    PspSettings withKeys() {
        if (!apiKey.isBlank() && !webhooks.secrets().isEmpty()) {
            return this;
        }
        PspKeys keys = PspKeys.in(Path.of(dataDir));
        return new PspSettings(
                dataDir,
                seed,
                apiKey.isBlank() ? keys.apiKey() : apiKey,
                terms,
                retention,
                webhooks.secrets().isEmpty() ? webhooks.withSecrets(List.of(keys.webhookSecret())) : webhooks,
                faults,
                http);
    }

    /** The same with another plan of misbehaviour. */
    public PspSettings withFaults(FaultSettings others) {
        return new PspSettings(dataDir, seed, apiKey, terms, retention, webhooks, others, http);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "PSP in " + dataDir;
    }
}
