package io.gamestream.topology.transactions;

import io.gamestream.runtime.service.Reasons;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for hanging transactions, round by round, and aborts them. Not thread-safe. */
final class TransactionGuard {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionGuard.class);

    private final Survey survey;
    private final TransactionGuardSettings settings;
    private final Suspicions suspicions;
    private final LongSupplier nanos;
    private final AtomicInteger unknown = new AtomicInteger();
    private final Counter aborted;
    private final Counter failed;
    private boolean told;

    /** @param nanos a clock that only goes forward */
    TransactionGuard(Survey survey, TransactionGuardSettings settings, MeterRegistry registry, LongSupplier nanos) {
        this.survey = survey;
        this.settings = settings;
        this.suspicions = new Suspicions(settings.after());
        this.nanos = nanos;
        this.aborted = Counter.builder("hanging_transactions_aborted")
                .description("transactions that a partition held open and no coordinator knew of")
                .register(registry);
        this.failed = Counter.builder("hanging_transactions_rounds_failed")
                .description("rounds in which something could not be asked or aborted")
                .register(registry);
        Gauge.builder("hanging_transactions_suspected", unknown, AtomicInteger::get)
                .description("open in a partition and unknown to coordinators, in the last round")
                .register(registry);
    }

    /** A round; false where something could not be asked, or not aborted. The next one makes up for it. */
    boolean round() {
        try {
            for (OpenTransaction hanging : hanging()) {
                survey.abort(hanging);
                aborted.increment();
                LOG.warn(
                        "{} held a transaction open from offset {} on that no coordinator knew of (producer {}, epoch {}): aborted",
                        hanging.partition(),
                        hanging.startOffset(),
                        hanging.producerId(),
                        hanging.producerEpoch());
            }
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

    private Collection<OpenTransaction> hanging() {
        List<OpenTransaction> open = survey.open(settings.topics().asMatchPredicate());
        Set<Long> producers = open.stream().map(OpenTransaction::producerId).collect(Collectors.toSet());
        // Without a filter, every transaction of the cluster would be listed.
        Map<Long, Set<TopicPartition>> known = producers.isEmpty() ? Map.of() : survey.known(producers);
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
