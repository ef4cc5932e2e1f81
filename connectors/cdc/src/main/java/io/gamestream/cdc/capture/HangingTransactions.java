package io.gamestream.cdc.capture;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AdminAnswers;
import io.gamestream.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that a partition holds open although the transaction coordinator knows of no transaction there: a request that a
 * stalled broker worked off while it lost and regained leadership of its partitions (seen with Kafka 4.3.1, a broker stopped
 * for longer than its session). {@code read_committed} readers wait in front of them for ever, and the next commit of the same
 * producer would make them visible, long after they were given up and written again.
 */
final class HangingTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Admin admin;
    private final String transactionalId;

    private HangingTransactions(Admin admin, String transactionalId) {
        this.admin = admin;
        this.transactionalId = transactionalId;
    }

    /**
     * Aborts them. Call it after {@link KafkaTransactions#start}: then nothing of ours may be open.
     *
     * @param topics with their numbers of partitions
     */
    static void end(KafkaSettings kafka, String slot, Map<String, Integer> topics, KafkaTransactions transactions) {
        try (Admin admin = Admin.create(KafkaClients.admin(kafka, "cdc-" + slot + "-hanging"))) {
            List<TopicPartition> hanging =
                    new HangingTransactions(admin, KafkaTransactions.transactionalId(slot)).find(topics);
            if (!hanging.isEmpty()) {
                LOG.warn(
                        "the broker holds records of ours open that belong to no transaction; aborting them in {}",
                        hanging);
                transactions.abortIn(hanging);
            }
        }
    }

    private List<TopicPartition> find(Map<String, Integer> topics) {
        long producer;
        try {
            producer = get(admin.describeTransactions(List.of(transactionalId)).description(transactionalId))
                    .producerId();
        } catch (TransactionalIdNotFoundException e) {
            return List.of();
        }
        List<TopicPartition> all = new ArrayList<>();
        topics.forEach((topic, partitions) -> {
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        });
        DescribeProducersResult states = admin.describeProducers(all);
        List<TopicPartition> hanging = new ArrayList<>();
        Set<String> unreadable = new TreeSet<>();
        for (TopicPartition partition : all) {
            try {
                if (isOpen(get(states.partitionResult(partition)), producer)) {
                    hanging.add(partition);
                }
            } catch (AuthorizationException e) {
                unreadable.add(partition.topic());
            }
        }
        if (!unreadable.isEmpty()) {
            LOG.warn("{} can't be searched for hanging transactions without the right to read them", unreadable);
        }
        return hanging;
    }

    private static boolean isOpen(PartitionProducerState state, long producer) {
        return state.activeProducers().stream()
                .anyMatch(active -> active.producerId() == producer
                        && active.currentTransactionStartOffset().isPresent());
    }

    private static <T> T get(KafkaFuture<T> future) {
        return AdminAnswers.within(PATIENCE, future);
    }
}
