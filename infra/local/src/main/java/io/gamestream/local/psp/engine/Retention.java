package io.gamestream.local.psp.engine;

/**
 * What is kept in memory; the truth log keeps everything.
 *
 * @param objects of a kind: intents, charges, refunds, disputes; older ones are answered with 404
 * @param events that can be listed, and are still delivered
 * @param keys idempotency keys
 * @param keyLifeMs after which a key is as good as new
 */
public record Retention(int objects, int events, int keys, long keyLifeMs) {

    public Retention {
        atLeast("objects", objects, 1);
        atLeast("events", events, 1);
        atLeast("keys", keys, 1);
        atLeast("key-life-ms", keyLifeMs, 0);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
