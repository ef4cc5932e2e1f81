package io.gamestream.bench.sessions;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.CellCapacity;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How many sessions cells say that they have, in what they have committed. */
final class LiveCount implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KafkaConsumer<String, CellCapacity> consumer;

    LiveCount(KafkaSettings kafka, RegistrySettings registry) {
        consumer = new KafkaConsumer<>(
                KafkaClients.consumer(kafka, "bench-live"),
                new StringDeserializer(),
                new AvroSerdes(registry).valueSerde(CellCapacity.class).deserializer());
        String topic = SessionTopics.CAPACITY.name();
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
        skip();
    }

    /** Only what comes from now on counts. */
    final void skip() {
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    /**
     * Waits until a cell says that it has exactly so many.
     *
     * @throws IllegalStateException where it says otherwise, has stopped, or says nothing for too long
     */
    void await(int live) {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < patience) {
            for (ConsumerRecord<String, CellCapacity> record : consumer.poll(Duration.ofMillis(20))) {
                int told = record.value().getClasses().stream()
                        .mapToInt(ofClass -> ofClass.getLive())
                        .sum();
                if (told != live || record.value().getHalted() != null) {
                    throw new IllegalStateException("not " + live + " sessions: " + record.value());
                }
                return;
            }
        }
        throw new IllegalStateException("no cell has told anything within " + PATIENCE);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
