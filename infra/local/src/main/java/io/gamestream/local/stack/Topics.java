package io.gamestream.local.stack;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of the catalogue on the embedded broker. */
final class Topics {

    private Topics() {}

    static void create(KafkaSettings kafka) {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing = TopicCatalogue.all().stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .map(Topics::asNew)
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new StackException("topics can't be created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while creating topics", e);
        }
    }

    private static NewTopic asNew(TopicSpec topic) {
        Map<String, String> config = new HashMap<>();
        config.put("cleanup.policy", topic.cleanup().policy());
        Duration retention = topic.retention();
        config.put("retention.ms", retention == null ? "-1" : Long.toString(retention.toMillis()));
        return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(config);
    }
}
