package io.gamestream.runtime.kafka;

import org.apache.kafka.clients.producer.Producer;

/** How a transaction of a producer of ours ends. */
public final class ProducerTransactions {

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
     * @throws org.apache.kafka.common.KafkaException where a record could not be written, or the transaction not be ended
     */
    public static void commit(Producer<?, ?> producer) {
        producer.flush();
        producer.commitTransaction();
    }
}
