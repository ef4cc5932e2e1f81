package io.gamestream.local.stack;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * A broker that can't go on (its disk is full, its metadata log can't be read) ends its JVM at once. In ours live the
 * launcher and whatever else must be stopped in order, so we are told instead.
 */
public final class KafkaExit {

    private static final CompletableFuture<Void> GIVEN_UP = new CompletableFuture<>();

    private KafkaExit() {}

    /**
     * For all brokers of this JVM, for good; only the first one that gives up is told of.
     *
     * @param log where brokers say why
     * @param listener is given words for the user
     */
    public static void tell(Path log, Consumer<String> listener) {
        Exit.Procedure procedure = (status, message) -> {
            if (GIVEN_UP.complete(null)) {
                listener.accept("Kafka can't go on" + (message == null ? "" : ": " + message)
                        + "; is the disk full? If so, free some space and start again: nothing that was acknowledged"
                        + " is lost. If not, " + log + " says more");
            }
        };
        Exit.setHaltProcedure(procedure);
        Exit.setExitProcedure(procedure);
    }

    /** Is completed when a broker of this JVM would have ended it; never without {@link #tell}. */
    static CompletableFuture<Void> givenUp() {
        return GIVEN_UP.copy();
    }
}
