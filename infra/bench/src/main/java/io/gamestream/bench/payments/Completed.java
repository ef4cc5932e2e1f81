package io.gamestream.bench.payments;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentEventType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Knows which purchases are complete, as any other product would hear of them. */
final class Completed implements AutoCloseable {

    private final KafkaConsumer<String, PaymentEvent> consumer;
    private final Runnable onEach;
    private final Set<String> orders = ConcurrentHashMap.newKeySet();
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
        return orders.size();
    }

    /** Those of them that are not complete. */
    List<String> missing(Collection<String> accepted) {
        return accepted.stream().filter(order -> !orders.contains(order)).toList();
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
                        orders.add(record.value().getOrderId());
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
