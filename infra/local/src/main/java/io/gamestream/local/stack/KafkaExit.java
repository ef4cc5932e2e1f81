package io.gamestream.local.stack;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * A broker that can't go on (its disk is full, its metadata log can't be read) ends its JVM at once. In ours live the
 * launcher and whatever else must be stopped in order, so we are told instead.
 */
public final class KafkaExit {

    private KafkaExit() {}

    /** For all brokers of this JVM, for good; only the first one that gives up is told of. */
    public static void tell(Consumer<String> listener) {
        AtomicBoolean told = new AtomicBoolean();
        Exit.Procedure procedure = (status, message) -> {
            if (told.compareAndSet(false, true)) {
                listener.accept("Kafka can't go on" + (message == null ? "" : ": " + message)
                        + "; is the disk full? Its log says more");
            }
        };
        Exit.setHaltProcedure(procedure);
        Exit.setExitProcedure(procedure);
    }
}
