package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.chaos.payments.check.Forbidden;
import io.gamestream.runtime.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for secrets and card numbers wherever they must not be: in keys, values and headers of the records of every topic that the
 * broker has, but for its own two, and in every log. Records that were never committed are in a topic as well.
 */
final class Secrets {

    private final Stage stage;
    private final Forbidden forbidden;

    Secrets(Stage stage) {
        this.stage = stage;
        this.forbidden = new Forbidden(List.of(stage.sim().apiKey(), stage.sim().webhookSecret()));
    }

    /** What is where; none of them is repeated. */
    List<String> find() {
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                stage.reader().consumer("read_uncommitted", new ByteArrayDeserializer())) {
            topics().forEach(topic -> TopicReader.readAll(consumer, topic, record -> look(record, found)));
        }
        Logs.read(stage.directory(), (line, place) -> look(line, place, found));
        return found;
    }

    /** With those that Streams makes for itself. */
    private Set<String> topics() {
        try (Admin admin = Admin.create(KafkaClients.admin(stage.kafka(), "chaos"))) {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new ChaosException("the topics can't be listed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        }
    }

    private void look(ConsumerRecord<String, byte[]> record, List<String> found) {
        String place = Tail.place(record);
        look(record.key() == null ? "" : record.key(), "the key of " + place, found);
        look(text(record.value()), place, found);
        record.headers()
                .forEach(header -> look(text(header.value()), "header " + header.key() + " of " + place, found));
    }

    private void look(String text, String place, List<String> found) {
        forbidden.in(text).ifPresent(what -> found.add(place + ": " + what));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
