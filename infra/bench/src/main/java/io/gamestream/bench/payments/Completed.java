package io.gamestream.bench.payments;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentEventType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Counts purchases that are complete, as any other product would hear of them. */
final class Completed implements AutoCloseable {

    private final KafkaConsumer<String, PaymentEvent> consumer;
    private final Runnable onEach;
    private final AtomicLong count = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    Completed(KafkaSettings kafka, RegistrySettings registry, Runnable onEach) {
        this.onEach = onEach;
        consumer = new KafkaConsumer<>(
                KafkaClients.consumer(kafka, "bench-completed"),
                new StringDeserializer(),
                new AvroSerdes(registry).valueSerde(PaymentEvent.class).deserializer());
        thread = new Thread(this::read, "bench-completed");
        thread.start();
    }

    long count() {
        return count.get();
    }

    private void read() {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(PaymentTopics.EVENTS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                for (ConsumerRecord<String, PaymentEvent> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.value().getType() == PaymentEventType.PurchaseCompleted) {
                        count.incrementAndGet();
                        onEach.run();
                    }
                }
            }
        } catch (WakeupException e) {
            // close() wants us to end.
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        thread.join();
    }
}
