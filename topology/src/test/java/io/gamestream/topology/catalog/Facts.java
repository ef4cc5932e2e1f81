package io.gamestream.topology.catalog;

import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes facts as change data capture does. */
final class Facts implements AutoCloseable {

    /** Grows over all tests of a JVM, as a log's would. */
    private static final AtomicLong LSN = new AtomicLong(1_000);

    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<SpecificRecord> serializer;

    Facts(Stack stack) {
        producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "facts"), new StringSerializer(), new ByteArraySerializer());
        serializer = new AvroSerdes(stack.registry()).valueSerde().serializer();
    }

    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();

    /** Returns the LSN given to the fact. */
    long write(TopicSpec topic, String key, @Nullable SpecificRecord fact) {
        long lsn = LSN.incrementAndGet();
        byte[] value = fact == null ? null : serializer.serialize(topic.name(), fact);
        underWay.add(send(topic, key, value, lsn));
        return lsn;
    }

    Future<RecordMetadata> send(TopicSpec topic, String key, byte @Nullable [] value, long lsn) {
        return producer.send(new ProducerRecord<>(topic.name(), null, null, key, value, DrivenTopology.headers(lsn)));
    }

    /** Returns when all is written. */
    void flush() throws ExecutionException, InterruptedException {
        for (Future<RecordMetadata> one : underWay) {
            one.get();
        }
        underWay.clear();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
