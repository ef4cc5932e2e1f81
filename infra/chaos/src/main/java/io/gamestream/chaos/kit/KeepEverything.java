package io.gamestream.chaos.kit;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Puts compaction off: it would take records away before they are checked. */
public final class KeepEverything {

    private KeepEverything() {}

    /**
     * From now on, as long as a run may last.
     *
     * @param which of the compacted topics
     */
    public static void of(KafkaSettings kafka, Predicate<TopicSpec> which) {
        String aDay = Long.toString(Duration.ofDays(1).toMillis());
        AlterConfigOp keep = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, aDay), AlterConfigOp.OpType.SET);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = TopicCatalogue.all().stream()
                .filter(topic -> topic.cleanup() != TopicSpec.Cleanup.DELETE)
                .filter(which)
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic -> List.of(keep)));
        try (Admin admin = Admin.create(KafkaClients.admin(kafka, "chaos"))) {
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException e) {
            throw new ChaosException("compaction could not be put off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        }
    }
}
