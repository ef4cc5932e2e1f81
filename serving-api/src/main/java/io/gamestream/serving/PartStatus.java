package io.gamestream.serving;

import java.util.Map;

/**
 * Whether a part can answer, and what to show of its progress.
 *
 * @param ready false keeps {@code /readyz} at 503
 * @param details JSON-friendly (strings, numbers, booleans, maps, lists), shown in the readiness answer
 */
public record PartStatus(boolean ready, Map<String, Object> details) {

    public PartStatus {
        details = Map.copyOf(details);
    }
}
