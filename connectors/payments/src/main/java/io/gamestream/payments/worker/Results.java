package io.gamestream.payments.worker;

import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.runtime.service.Reasons;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
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
 * whatever its last transaction left behind; the caller keeps the results until they are written. Not thread-safe.
 */
final class Results implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);
    /** While the broker is away the loop has to come round now and then, to stop when it is told to. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Supplier<Producer<String, byte[]>> open;
    private @Nullable Producer<String, byte[]> producer;

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
     * Writes.
     *
     * @return false where it could not be done, and may be tried again
     * @throws KafkaException where another worker has taken over, or we may not write at all
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where one of the sends has
    boolean write(
            List<ProducerRecord<String, byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        try {
            Producer<String, byte[]> transaction = producer();
            transaction.beginTransaction();
            records.forEach(record -> transaction.send(record));
            transaction.sendOffsetsToTransaction(offsets, group);
            ProducerTransactions.commit(transaction, PATIENCE);
            return true;
        } catch (ProducerFencedException
                | InvalidProducerEpochException
                | AuthorizationException
                | UnsupportedVersionException e) {
            close();
            throw e;
        } catch (KafkaException e) {
            LOG.warn("{} results could not be written, and will be: {}", records.size(), Reasons.of(e));
            close();
            return false;
        }
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
}
