package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Throws the saga's stores away and has them built again from their topics. Then each order is placed and told its last webhook
 * once more: a store that has lost the order would take either for news, also of an order that no webhook ever came for.
 */
final class Rebuild {

    private final Stage stage;

    Rebuild(Stage stage) {
        this.stage = stage;
    }

    void perform() throws InterruptedException {
        stage.fleet().of(Target.SAGA).close();
        delete(stage.sagaState());
        stage.fleet().start(Target.SAGA);
        stage.fleet().awaitReady(Target.SAGA);
        Map<String, ConsumerRecord<String, byte[]>> placed = new HashMap<>();
        read(PaymentTopics.ORDER_COMMANDS, record -> placed.putIfAbsent(record.key(), record));
        Map<String, ConsumerRecord<String, byte[]>> told = new HashMap<>();
        read(PaymentTopics.WEBHOOKS, record -> told.put(record.key(), record));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                KafkaClients.producer(stage.kafka(), "chaos"), new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            Stream.concat(placed.values().stream(), told.values().stream())
                    .forEach(record -> sent.add(producer.send(new ProducerRecord<>(
                            record.topic(),
                            record.partition(),
                            null,
                            record.key(),
                            record.value(),
                            record.headers()))));
            // What Kafka did not take asks nothing of the stores.
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new ChaosException("the orders can't be told of once more: " + e.getCause(), e);
        }
    }

    private void read(TopicSpec topic, Consumer<ConsumerRecord<String, byte[]>> each) {
        stage.reader().readAll(topic.name(), new ByteArrayDeserializer(), each);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ChaosException("the saga's state in " + directory + " can't be deleted: " + e, e);
        }
    }
}
