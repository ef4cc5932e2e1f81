package io.gamestream.topology.transactions;

import java.util.Set;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/**
 * What a coordinator says of the last transaction of a producer.
 *
 * @param producerEpoch with transactions of version 2 one more than the transaction's own, as soon as its end is decided
 * @param partitions that it has records or no marker yet in
 */
record CoordinatorRecord(TransactionState state, int producerEpoch, Set<TopicPartition> partitions) {

    /** Not over: its markers may still be on their way. */
    private static final Set<TransactionState> NOT_OVER = Set.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_EPOCH_FENCE,
            TransactionState.UNKNOWN);

    CoordinatorRecord {
        partitions = Set.copyOf(partitions);
    }

    boolean covers(OpenTransaction open) {
        return NOT_OVER.contains(state) && partitions.contains(open.partition());
    }

    /** Whether that very transaction was ended so. */
    boolean ended(OpenTransaction open, TransactionState how) {
        return state == how && producerEpoch == open.producerEpoch() + 1;
    }
}
