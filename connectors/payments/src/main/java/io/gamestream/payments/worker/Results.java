package io.gamestream.payments.worker;

import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.runtime.service.Reasons;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes results and the offsets that they settle, all or nothing. After an error the producer is made anew, which settles
 * whatever its last transaction left behind; the caller keeps the results until they are written.
 *
 * <p>The broker may have committed where its answer was lost: it was killed meanwhile, or took too long. Each transaction has a name
 * therefore, which its offsets carry as metadata; what is committed says whether it was that one. Without it, results of a broker
 * that was killed twice in ten seconds were there twice. Not thread-safe.
 */
final class Results implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);
    /** While the broker is away the loop has to come round now and then, to stop when it is told to. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Supplier<Producer<String, byte[]>> open;
    /** Of this process and no other; each transaction's name begins with it. */
    private final String process = Long.toHexString(new SecureRandom().nextLong());

    private long attempts;
    private @Nullable Producer<String, byte[]> producer;
    /** The transaction of which it isn't known whether it was committed. */
    private @Nullable Attempt unheard;

    private boolean isOver;

    Results(Supplier<Producer<String, byte[]>> open) {
        this.open = open;
    }

    /**
     * Ends what a dead worker of the same instance has left open, before its offsets are asked for: the broker holds them back
     * until then, or until that transaction's time is over. A broker that can't be reached now is asked again with the first write.
     */
    void takeOver() {
        try {
            producer();
        } catch (KafkaException e) {
            LOG.warn("what an earlier worker may have left open is ended later: {}", Reasons.of(e));
        }
    }

    /**
     * Writes, or finds that what it could not write before is there.
     *
     * @return what is written now, of these or of those before; nothing where it could not be done, and is to be tried again
     * @throws KafkaException where another worker has taken over, or we may not write at all
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where one of the sends has
    List<ProducerRecord<String, byte[]>> write(
            List<ProducerRecord<String, byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Consumer<?, ?> consumer) {
        try {
            Producer<String, byte[]> transaction = producer();
            Attempt before = unheard;
            if (before != null) {
                boolean isThere = before.isCommitted(consumer);
                unheard = null;
                if (isThere) {
                    LOG.info(
                            "{} results are written: the broker has not said so",
                            before.records().size());
                    return before.records();
                }
            }
            Attempt now = Attempt.of(process + '-' + ++attempts, records, offsets);
            transaction.beginTransaction();
            records.forEach(record -> transaction.send(record));
            transaction.sendOffsetsToTransaction(now.offsets(), consumer.groupMetadata());
            unheard = now;
            ProducerTransactions.commit(transaction, PATIENCE);
            unheard = null;
            return records;
        } catch (ProducerFencedException
                | InvalidProducerEpochException
                | AuthorizationException
                | UnsupportedVersionException e) {
            isOver = true;
            close();
            throw e;
        } catch (KafkaException e) {
            LOG.warn("{} results could not be written, and will be: {}", records.size(), Reasons.of(e));
            close();
            return List.of();
        }
    }

    /** Whether another worker has taken over, or we may not write: one more producer would only fence that worker's. */
    boolean isOver() {
        return isOver;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_WITHIN);
            producer = null;
        }
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            Producer<String, byte[]> made = open.get();
            try {
                made.initTransactions();
            } catch (KafkaException e) {
                made.close(CLOSE_WITHIN);
                throw e;
            }
            producer = made;
        }
        return producer;
    }

    /** A transaction, and the name that its offsets carry. */
    private record Attempt(
            String name, List<ProducerRecord<String, byte[]>> records, Map<TopicPartition, OffsetAndMetadata> offsets) {

        static Attempt of(
                String name,
                List<ProducerRecord<String, byte[]>> records,
                Map<TopicPartition, OffsetAndMetadata> offsets) {
            Map<TopicPartition, OffsetAndMetadata> named = new HashMap<>();
            offsets.forEach((partition, at) ->
                    named.put(partition, new OffsetAndMetadata(at.offset(), Progress.named(at.metadata(), name))));
            return new Attempt(name, List.copyOf(records), named);
        }

        /** Only once the next producer has ended it: until then the broker tells no offsets, or those before. */
        boolean isCommitted(Consumer<?, ?> consumer) {
            Set<TopicPartition> ours = new HashSet<>(consumer.assignment());
            ours.retainAll(offsets.keySet());
            return consumer.committed(ours, PATIENCE).values().stream()
                    .anyMatch(at -> at != null && Progress.isNamed(at.metadata(), name));
        }
    }
}
