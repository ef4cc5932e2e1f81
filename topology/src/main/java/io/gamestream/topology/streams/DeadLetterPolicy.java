package io.gamestream.topology.streams;

import io.gamestream.runtime.kafka.RecordTrouble;
import java.util.Map;
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
        return RecordTrouble.of(failure) == RecordTrouble.POISON;
    }
}
