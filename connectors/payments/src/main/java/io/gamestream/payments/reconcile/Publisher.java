package io.gamestream.payments.reconcile;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes a run's breaks and its report, all or nothing. Of two runs at a time the one that began later writes. */
final class Publisher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Producer<String, SpecificRecord> producer;

    /** Fences whoever has begun before; what is read from now on is all that they will ever have written. */
    Publisher(KafkaSettings kafka, AvroSerdes serdes) {
        Map<String, Object> properties = KafkaClients.producer(kafka, ReconciliationService.NAME);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ReconciliationService.NAME);
        producer = new KafkaProducer<>(
                properties,
                new StringSerializer(),
                serdes.<SpecificRecord>valueSerde().serializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** @throws OvertakenException where another run has begun since; nothing was written */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where one of the sends has
    void write(List<ReconciliationBreak> breaks, ReconciliationReport report) {
        try {
            producer.beginTransaction();
            breaks.forEach(one ->
                    producer.send(new ProducerRecord<>(PaymentTopics.RECONCILIATION_BREAKS.name(), key(one), one)));
            producer.send(new ProducerRecord<>(PaymentTopics.RECONCILIATION_REPORTS.name(), report.getRunId(), report));
            ProducerTransactions.commit(producer, PATIENCE);
        } catch (KafkaException e) {
            if (isFenced(e)) {
                throw new OvertakenException(e);
            }
            throw e;
        }
    }

    private static boolean isFenced(Throwable e) {
        return e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || (e.getCause() != null && isFenced(e.getCause()));
    }

    @Override
    public void close() {
        producer.close();
    }

    private static String key(ReconciliationBreak one) {
        return one.getOrderId() == null ? String.valueOf(one.getPspObjectId()) : one.getOrderId();
    }

    /** Another comparison has begun later, and it is the one that writes. */
    static final class OvertakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OvertakenException(KafkaException cause) {
            super("another comparison has begun since: " + cause.getMessage(), cause);
        }
    }
}
