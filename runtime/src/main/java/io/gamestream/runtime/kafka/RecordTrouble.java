package io.gamestream.runtime.kafka;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Why a record could not be read or made. With a registry that is down every record looks unreadable; none of them may become a
 * dead letter, or be passed over, for it.
 */
public enum RecordTrouble {
    /** A server is away: wait and try again. */
    PASSING,
    /** Waiting doesn't help, and the record is not at fault: credentials, an interrupt. */
    FATAL,
    /** The record itself is at fault. */
    POISON;

    /** Looks through all causes. */
    public static RecordTrouble of(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptException) {
                return FATAL;
            }
            if (cause instanceof RetriableException) {
                return PASSING;
            }
            if (cause instanceof KafkaException && !(cause instanceof SerializationException)) {
                return FATAL;
            }
        }
        return POISON;
    }
}
