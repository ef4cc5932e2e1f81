package io.gamestream.serving.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.serving.view.View;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes view topics as the catalog topology does. */
public final class ViewProducer implements AutoCloseable {

    private final KafkaProducer<String, SpecificRecord> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public ViewProducer(KafkaSettings kafka, RegistrySettings registry) {
        Map<String, Object> properties = KafkaClients.producer(kafka, "view-producer");
        properties.put("linger.ms", 5);
        properties.put("batch.size", 262_144);
        producer = new KafkaProducer<>(
                properties,
                new StringSerializer(),
                new AvroSerdes(registry).<SpecificRecord>valueSerde().serializer());
    }

    public void put(View view, String key, SpecificRecord value) {
        send(new ProducerRecord<>(view.topic(), key, value));
    }

    /** A record of a topic that isn't a view's. */
    public void put(TopicSpec topic, String key, SpecificRecord value) {
        send(new ProducerRecord<>(topic.name(), key, value));
    }

    /** A tombstone that says which change it is. */
    public void delete(View view, String key, long version) {
        ProducerRecord<String, @Nullable SpecificRecord> tombstone = new ProducerRecord<>(view.topic(), key, null);
        tombstone.headers().add("lsn", Long.toString(version).getBytes(StandardCharsets.UTF_8));
        send(tombstone);
    }

    /** A tombstone of a topic that isn't a view's. */
    public void delete(TopicSpec topic, String key) {
        send(new ProducerRecord<String, @Nullable SpecificRecord>(topic.name(), key, null));
    }

    /** Waits until all is written. */
    public void flush() {
        producer.flush();
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException("a view record was not written", e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the client takes null values and does not say so
    private void send(ProducerRecord record) {
        Future<?> sent = producer.send(record, (written, e) -> failure.compareAndSet(null, e));
        assertThat(sent).isNotNull();
    }

    @Override
    public void close() {
        producer.close();
    }
}
