package io.gamestream.topology.transactions;

import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that a partition holds open. With transactions of version 2 (KIP-890) the epoch is of this transaction alone.
 *
 * @param coordinatorEpoch of the last coordinator that ended a transaction of the producer there; -1 where none has
 * @param startOffset of its first record: {@code read_committed} readers wait in front of it
 */
record OpenTransaction(
        TopicPartition partition, long producerId, short producerEpoch, int coordinatorEpoch, long startOffset) {

    /** Epochs are used up with it: the producer goes on, and is known to its coordinator, under another id. */
    boolean isLastOfItsProducerId() {
        return producerEpoch >= Short.MAX_VALUE - 2;
    }

    /** What ends it. */
    AbortTransactionSpec abort() {
        // A coordinator that has never ended one there has no epoch, and any epoch will do.
        return new AbortTransactionSpec(partition, producerId, producerEpoch, Math.max(0, coordinatorEpoch));
    }
}
