package io.gamestream.topology.streams;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * What becomes of an application one of whose threads has died. Most of what a thread dies of would kill the next one too. A
 * transaction that the broker knows nothing of, or could not end, would not (docs/adr/0003, Known): the next thread has that one
 * ended first, reads what was committed, and begins one of its own.
 */
final class ThreadDeaths {

    /** More within a minute have another reason. */
    private static final int MOST_PER_MINUTE = 3;

    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    private final Deque<Long> replaced = new ArrayDeque<>();

    /** @param now ns of a clock that never goes back */
    synchronized StreamThreadExceptionResponse after(Throwable death, long now) {
        replaced.removeIf(at -> now - at > MINUTE_NS);
        if (!isOfTransaction(death) || replaced.size() >= MOST_PER_MINUTE) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replaced.addLast(now);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean isOfTransaction(Throwable death) {
        for (Throwable cause = death; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidTxnStateException || isUnexpected(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The broker has answered the end of a transaction with an error that the producer doesn't know; only its text says so. */
    private static boolean isUnexpected(Throwable cause) {
        return cause.getClass() == KafkaException.class
                && String.valueOf(cause.getMessage()).startsWith("Unhandled error in EndTxnResponse");
    }
}
