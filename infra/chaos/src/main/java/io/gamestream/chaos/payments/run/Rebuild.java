package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Throws the saga's stores away and has them built again from their topics. Then each order is told its last webhook once more:
 * a store that has lost the order would take it for news.
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
        Map<String, byte[]> last = new HashMap<>();
        stage.reader()
                .readAll(
                        PaymentTopics.WEBHOOKS.name(),
                        new ByteArrayDeserializer(),
                        record -> last.put(record.key(), record.value()));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                KafkaClients.producer(stage.kafka(), "chaos"), new StringSerializer(), new ByteArraySerializer())) {
            last.forEach((order, webhook) -> {
                Future<RecordMetadata> unused =
                        producer.send(new ProducerRecord<>(PaymentTopics.WEBHOOKS.name(), order, webhook));
            });
            producer.flush();
        }
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
