package io.gamestream.serving.read;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.topology.payment.JournalRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Finds entries of the journal without an index of its own: a record has its entry's time, by which the broker finds where it
 * begins, and says when the order's entry before it was written. So a payment's past costs two requests for each entry since. Not
 * thread-safe.
 */
final class JournalReader implements AutoCloseable {

    /** Of one read; an order has some ten entries. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<JournalEntry> values;

    JournalReader(KafkaSettings kafka, RegistrySettings registry) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "serving-journal");
        // One entry is wanted, of two or three kilobytes.
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 * 1024);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        values = new AvroSerdes(registry).valueSerde(JournalEntry.class).deserializer();
    }

    /**
     * The state after the last entry that is not later than a moment; empty where the first one is.
     *
     * @throws KafkaException where the journal can't be read, or not in time
     */
    Optional<PaymentView> stateAt(PaymentHistory.Newest newest, Instant moment) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long at = newest.atMillis();
        for (long seq = newest.seq(); seq > 0; seq--) {
            ConsumerRecord<String, byte[]> record = find(newest, seq, at, deadline);
            JournalEntry entry = values.deserialize(record.topic(), record.headers(), record.value());
            if (!entry.getAt().isAfter(moment)) {
                return Optional.of(entry.getState());
            }
            Header previous = record.headers().lastHeader(JournalRules.PREVIOUS_AT);
            if (previous == null) {
                break;
            }
            at = Long.parseLong(new String(previous.value(), StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    private ConsumerRecord<String, byte[]> find(PaymentHistory.Newest of, long seq, long atMillis, long deadline) {
        TopicPartition partition = new TopicPartition(PaymentTopics.JOURNAL.name(), of.partition());
        consumer.assign(List.of(partition));
        OffsetAndTimestamp begin =
                consumer.offsetsForTimes(Map.of(partition, atMillis)).get(partition);
        if (begin == null) {
            throw new KafkaException(what(of, seq) + " is not in the journal any more");
        }
        consumer.seek(partition, begin.offset());
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (of.orderId().equals(record.key())
                        && values.deserialize(record.topic(), record.headers(), record.value())
                                        .getSeq()
                                == seq) {
                    return record;
                }
            }
        }
        throw new KafkaException(what(of, seq) + " was not found in time");
    }

    private static String what(PaymentHistory.Newest of, long seq) {
        return "entry " + seq + " of order " + of.orderId();
    }

    @Override
    public void close() {
        consumer.close();
        values.close();
    }
}
