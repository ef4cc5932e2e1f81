package io.gamestream.topology.transactions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** What partitions hold open, and what coordinators know of it. Whatever can't be asked whole is an error: half an answer would lie. */
final class Survey {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String COORDINATORS = "__transaction_state";

    /** Not over: its markers may still be on their way. */
    private static final Set<TransactionState> NOT_OVER = Set.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_EPOCH_FENCE,
            TransactionState.UNKNOWN);

    private final Admin admin;

    Survey(Admin admin) {
        this.admin = admin;
    }

    /** The open transactions of all partitions of the topics. */
    List<OpenTransaction> open(Predicate<String> topics) {
        Set<String> names =
                get(admin.listTopics().names()).stream().filter(topics).collect(Collectors.toSet());
        List<TopicPartition> partitions = get(admin.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(one -> new TopicPartition(topic.name(), one.partition())))
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
     * The partitions of the transactions of these producers that are not over.
     *
     * @throws KafkaException also where a coordinator is away: what it knows would look unknown
     */
    Map<Long, Set<TopicPartition>> known(Collection<Long> producers) {
        requireCoordinators();
        requireSight();
        ListTransactionsOptions ofThese = new ListTransactionsOptions().filterProducerIds(producers);
        Set<String> ids = get(admin.listTransactions(ofThese).all()).stream()
                .map(TransactionListing::transactionalId)
                .collect(Collectors.toSet());
        Map<Long, Set<TopicPartition>> known = new HashMap<>();
        for (TransactionDescription one :
                get(admin.describeTransactions(ids).all()).values()) {
            if (NOT_OVER.contains(one.state())) {
                known.computeIfAbsent(one.producerId(), none -> new HashSet<>()).addAll(one.topicPartitions());
            }
        }
        return known;
    }

    /** Ends it in its partition, whatever its producer thinks. */
    void abort(OpenTransaction hanging) {
        get(admin.abortTransaction(hanging.abort()).all());
    }

    private void requireCoordinators() {
        TopicDescription log =
                get(admin.describeTopics(Set.of(COORDINATORS)).allTopicNames()).get(COORDINATORS);
        if (log == null
                || log.partitions().stream()
                        .anyMatch(one -> one.leader() == null || one.leader().isEmpty())) {
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

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
