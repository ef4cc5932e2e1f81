package io.gamestream.topology.transactions;

import io.gamestream.runtime.service.Reasons;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for hanging transactions, round by round, and aborts those that were not committed for certain. The others it leaves, and
 * says so: Kafka has no way to commit them. Not thread-safe.
 */
final class TransactionGuard {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionGuard.class);

    private static final String REMEDY =
            " Readers of committed records wait there. kafka-transactions.sh abort lets them go on"
                    + " without the records of this transaction; restore what they were first.";

    private static final Map<Hanging.Outcome, String> REASONS = Map.of(
            Hanging.Outcome.COMMITTED,
            "since it was committed: its producer was told so, and its other partitions have it." + REMEDY,
            Hanging.Outcome.FORGOTTEN,
            "since it may have been committed: its coordinator knows only a later one of the producer." + REMEDY);

    private final Survey survey;
    private final TransactionGuardSettings settings;
    private final Suspicions suspicions;
    private final LongSupplier nanos;
    private final AtomicInteger unknown = new AtomicInteger();
    private final Counter aborted;
    private final Counter failed;
    private final Set<Hanging> left = ConcurrentHashMap.newKeySet();
    private boolean told;

    /** @param nanos a clock that only goes forward */
    TransactionGuard(Survey survey, TransactionGuardSettings settings, MeterRegistry registry, LongSupplier nanos) {
        this.survey = survey;
        this.settings = settings;
        this.suspicions = new Suspicions(settings.after());
        this.nanos = nanos;
        this.aborted = Counter.builder("hanging_transactions_aborted")
                .description("transactions that a partition held open and that were not committed")
                .register(registry);
        this.failed = Counter.builder("hanging_transactions_rounds_failed")
                .description("rounds in which something could not be asked or aborted")
                .register(registry);
        Gauge.builder("hanging_transactions_left", left, Set::size)
                .description("hanging ones that must not be aborted, since they were committed or may have been")
                .register(registry);
        Gauge.builder("hanging_transactions_suspected", unknown, AtomicInteger::get)
                .description("open in a partition and not for a coordinator, in the last round")
                .register(registry);
    }

    /** A round; false where something could not be asked, or not aborted. The next one makes up for it. */
    boolean round() {
        try {
            List<Hanging> hanging = hanging();
            hanging.forEach(this::end);
            left.retainAll(Set.copyOf(hanging));
            told = false;
            return true;
        } catch (AuthorizationException e) {
            failed(
                    "Read on all topics, Describe on all transactional ids and ClusterAction on the cluster are needed: ",
                    e);
            return false;
        } catch (KafkaException e) {
            failed("", e);
            return false;
        } finally {
            unknown.set(suspicions.size());
        }
    }

    private void end(Hanging hanging) {
        if (hanging.outcome() != Hanging.Outcome.ABORTED) {
            if (left.add(hanging)) {
                LOG.error("{}: left open, {}", describe(hanging), REASONS.get(hanging.outcome()));
            }
            return;
        }
        survey.abort(hanging.transaction());
        aborted.increment();
        LOG.warn("{}: aborted", describe(hanging));
    }

    private static String describe(Hanging hanging) {
        OpenTransaction open = hanging.transaction();
        return open.partition() + " holds a transaction open from offset " + open.startOffset()
                + " on that no coordinator will end (producer " + open.producerId() + ", epoch " + open.producerEpoch()
                + ")";
    }

    private List<Hanging> hanging() {
        List<OpenTransaction> open = survey.open(settings.topics().asMatchPredicate());
        Set<Long> producers = open.stream().map(OpenTransaction::producerId).collect(Collectors.toSet());
        // Without a filter, every transaction of the cluster would be listed.
        Map<Long, CoordinatorRecord> known = producers.isEmpty() ? Map.of() : survey.known(producers);
        return suspicions.hanging(open, known, nanos.getAsLong());
    }

    private void failed(String need, KafkaException e) {
        suspicions.forget();
        failed.increment();
        if (!told) {
            told = true;
            LOG.warn("hanging transactions can't be looked for, and will be: {}{}", need, Reasons.of(e));
        }
    }
}
