package io.gamestream.payments.reconcile;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes a run's breaks and its report, all or nothing. Of two runs at a time the one that began later writes. */
final class Publisher implements AutoCloseable {

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

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where one of the sends has
    void write(List<ReconciliationBreak> breaks, ReconciliationReport report) {
        producer.beginTransaction();
        breaks.forEach(
                one -> producer.send(new ProducerRecord<>(PaymentTopics.RECONCILIATION_BREAKS.name(), key(one), one)));
        producer.send(new ProducerRecord<>(PaymentTopics.RECONCILIATION_REPORTS.name(), report.getRunId(), report));
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static String key(ReconciliationBreak one) {
        return one.getOrderId() == null ? String.valueOf(one.getPspObjectId()) : one.getOrderId();
    }
}
