package io.gamestream.topology.streams;

import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a poison record, which becomes a dead letter, from trouble that isn't the record's fault. With a registry that is
 * down, every record looks unreadable; the application then ends and is started again, rather than empty its input into
 * the dead letters.
 */
final class DeadLetterPolicy {

    /** The configuration key of a {@link Listener}. */
    static final String LISTENER = "backbone.dead.letters.listener";

    /** Hears of each dead letter. */
    @FunctionalInterface
    interface Listener {

        /**
         * A record has become a dead letter.
         *
         * @param stage deserialization, processing or production
         */
        void deadLetter(String stage);
    }

    private final @Nullable Listener listener;

    private DeadLetterPolicy(@Nullable Listener listener) {
        this.listener = listener;
    }

    static DeadLetterPolicy of(Map<String, ?> configs) {
        return new DeadLetterPolicy((Listener) configs.get(LISTENER));
    }

    /** Whether the record itself is at fault; if so, it is counted. */
    boolean condemns(Exception failure, String stage) {
        if (!isPoison(failure)) {
            return false;
        }
        if (listener != null) {
            listener.deadLetter(stage);
        }
        return true;
    }

    static boolean isPoison(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || cause instanceof InterruptException) {
                return false;
            }
            // A store, a transaction or a broker; what can't be written or read as a record is Kafka's exception too.
            if (cause instanceof KafkaException && !(cause instanceof SerializationException)) {
                return false;
            }
        }
        return true;
    }
}
