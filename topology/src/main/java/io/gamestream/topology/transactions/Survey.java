package io.gamestream.topology.transactions;

import io.gamestream.runtime.kafka.AdminAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** What partitions hold open, and what coordinators know of it. Whatever can't be asked whole is an error: half an answer would lie. */
final class Survey {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String COORDINATORS = "__transaction_state";

    private final Admin admin;

    Survey(Admin admin) {
        this.admin = admin;
    }

    /**
     * The open transactions of all partitions of the topics, of committed offsets too. A partition without a leader can't be
     * asked, and must not keep the others from it.
     */
    List<OpenTransaction> open(Predicate<String> topics) {
        Set<String> names = get(admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names())
                .stream()
                .filter(topics)
                .collect(Collectors.toSet());
        List<TopicPartition> partitions = get(admin.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(Survey::hasLeader)
                        .map(one -> new TopicPartition(topic.name(), one.partition())))
                .toList();
        DescribeProducersResult states = admin.describeProducers(partitions);
        List<OpenTransaction> open = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            for (ProducerState producer : get(states.partitionResult(partition)).activeProducers()) {
                producer.currentTransactionStartOffset()
                        .ifPresent(offset -> open.add(new OpenTransaction(
                                partition,
                                producer.producerId(),
                                (short) producer.producerEpoch(),
                                producer.coordinatorEpoch().orElse(-1),
                                offset)));
            }
        }
        return open;
    }

    /**
     * What coordinators say of these producers, by their ids.
     *
     * @throws KafkaException also where a coordinator is away: what it knows would look unknown
     */
    Map<Long, CoordinatorRecord> known(Collection<Long> producers) {
        requireCoordinators();
        requireSight();
        ListTransactionsOptions ofThese = new ListTransactionsOptions().filterProducerIds(producers);
        Set<String> ids = get(admin.listTransactions(ofThese).all()).stream()
                .map(TransactionListing::transactionalId)
                .collect(Collectors.toSet());
        return get(admin.describeTransactions(ids).all()).values().stream()
                .collect(Collectors.toMap(
                        TransactionDescription::producerId,
                        one -> new CoordinatorRecord(one.state(), one.producerEpoch(), one.topicPartitions())));
    }

    /** Ends it in its partition, whatever its producer thinks. */
    void abort(OpenTransaction hanging) {
        get(admin.abortTransaction(hanging.abort()).all());
    }

    private void requireCoordinators() {
        TopicDescription log =
                get(admin.describeTopics(Set.of(COORDINATORS)).allTopicNames()).get(COORDINATORS);
        if (log == null || !log.partitions().stream().allMatch(Survey::hasLeader)) {
            throw new KafkaException("a transaction coordinator has no broker");
        }
    }

    /**
     * Whoever may not see an id is not told so: a list leaves it out, and its transaction would look unknown. Nobody has this
     * id, so only who may see all of them hears that it doesn't exist.
     */
    private void requireSight() {
        String nobody = "transaction-guard-" + UUID.randomUUID();
        try {
            get(admin.describeTransactions(Set.of(nobody)).description(nobody));
        } catch (TransactionalIdNotFoundException e) {
            // As it should be.
        }
    }

    private static boolean hasLeader(TopicPartitionInfo partition) {
        return partition.leader() != null && !partition.leader().isEmpty();
    }

    private static <T> T get(KafkaFuture<T> future) {
        return AdminAnswers.within(PATIENCE, future);
    }
}
