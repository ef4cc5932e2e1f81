package io.gamestream.local.testing;

import org.jspecify.annotations.Nullable;

/** The one stack of this JVM. */
final class Stacks {

    private static @Nullable Stack shared;

    private Stacks() {}

    static synchronized Stack shared() {
        Stack existing = shared;
        if (existing != null) {
            return existing;
        }
        Stack started = start(System.getProperty("stack", "embedded"));
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stack-stop"));
        shared = started;
        return started;
    }

    private static Stack start(String kind) {
        return switch (kind) {
            case "embedded" -> TemporaryStack.start();
            case "external" -> ExternalStack.connect();
            case "containers" -> ContainerStack.start();
            default ->
                throw new IllegalArgumentException(
                        "system property stack: " + kind + " (expected: embedded, external or containers)");
        };
    }
}
