package io.gamestream.runtime.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** How a transaction of a producer of ours ends. */
public final class ProducerTransactions {

    private static final ExecutorService FLUSHERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "producer-flush");
        thread.setDaemon(true);
        return thread;
    });

    private ProducerTransactions() {}

    /**
     * Commits, once the broker has every record of the transaction.
     *
     * <p>A producer's own commit is said to wait for that. It doesn't always (kafka-clients 4.3.1, {@code
     * Sender.maybeSendAndPollTransactionalRequest}): the sender asks first whether anything is under way and takes the lock of the
     * transaction afterwards. What is sent in between, right before the commit, is left out: the transaction is committed without
     * it, and the record fails after its delivery timeout, if anybody looks. On two busy cores that was one commit in some thousand:
     * a capture's rows without their position, which came again.
     *
     * @param patience how long the broker may take for the records; for the commit it may take {@code max.block.ms} more
     * @throws TimeoutException where it takes longer; the producer has to be closed then
     * @throws KafkaException where a record could not be written, or the transaction not be ended
     */
    public static void commit(Producer<?, ?> producer, Duration patience) {
        flush(producer, patience);
        producer.commitTransaction();
    }

    /**
     * Waits until every record is written or has failed. The producer's own flush may have no end: while a request of its transaction
     * waits for a coordinator that is away, the sender doesn't come to give up batches whose delivery time is over ({@code
     * Sender.runOnce}).
     *
     * @throws TimeoutException where it takes longer than {@code patience}
     */
    public static void flush(Producer<?, ?> producer, Duration patience) {
        Future<?> flushed = FLUSHERS.submit(producer::flush);
        try {
            flushed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException(
                    "the broker has not taken what was sent within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
