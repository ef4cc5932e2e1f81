package io.gamestream.local.testing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one stack of this JVM. */
final class Stacks {

    private static @Nullable Stack shared;

    private Stacks() {}

    /** Why there can't be a stack of the kind that is asked for on this machine. */
    static Optional<String> obstacle() {
        return kind().equals("containers") ? ContainerStack.obstacle() : Optional.empty();
    }

    static synchronized Stack shared() {
        Stack existing = shared;
        if (existing != null) {
            return existing;
        }
        Stack started = start(kind());
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stack-stop"));
        shared = started;
        return started;
    }

    private static String kind() {
        return System.getProperty("stack", "embedded");
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
