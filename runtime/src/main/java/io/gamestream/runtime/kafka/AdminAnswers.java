package io.gamestream.runtime.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Answers of Kafka's administration client, with its own exceptions instead of wrapped ones. */
public final class AdminAnswers {

    private AdminAnswers() {}

    /**
     * Waits for an answer.
     *
     * @param patience less than the client's own, which may be a minute
     * @throws KafkaException why there is none; {@link TimeoutException} where nothing came within the time
     * @throws InterruptException where the thread was interrupted
     */
    public static <T> T within(Duration patience, KafkaFuture<T> future) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer of the broker within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
