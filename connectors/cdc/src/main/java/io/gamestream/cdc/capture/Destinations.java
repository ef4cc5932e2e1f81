package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.admin.Difference;
import io.gamestream.schemas.admin.SubjectAdmin;
import io.gamestream.schemas.admin.TopicAdmin;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics and subjects that the capture writes to: found, or made where the capture may. */
final class Destinations {

    private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);
    private static final short DEFAULT_REPLICATION = -1;

    /** Longer than any reader of events is away. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(30);

    private final KafkaSettings kafka;
    private final SchemaRegistryClient registry;
    private final CdcSettings settings;

    Destinations(KafkaSettings kafka, SchemaRegistryClient registry, CdcSettings settings) {
        this.kafka = kafka;
        this.registry = registry;
        this.settings = settings;
    }

    /** The topic of a captured table: the topic catalogue's where it knows it, with the table's own schema. */
    static TopicSpec facts(String topic, Schema schema, int partitions) {
        return spec(
                topic, "primary key", schema, partitions, TopicSpec.Cleanup.COMPACT, null, "Rows of a captured table");
    }

    /** The topic of an outbox's route. */
    static TopicSpec events(String topic, @Nullable Schema schema, int partitions) {
        return spec(
                topic,
                "aggregate id",
                schema,
                partitions,
                TopicSpec.Cleanup.DELETE,
                EVENTS_KEPT,
                "Events of an outbox");
    }

    private static TopicSpec spec(
            String topic,
            String key,
            @Nullable Schema schema,
            int partitions,
            TopicSpec.Cleanup cleanup,
            @Nullable Duration retention,
            String meaning) {
        return TopicCatalogue.find(topic)
                .map(known -> new TopicSpec(
                        topic,
                        known.key(),
                        schema,
                        known.partitions(),
                        known.cleanup(),
                        known.retention(),
                        known.owner(),
                        known.meaning()))
                .orElseGet(() -> new TopicSpec(topic, key, schema, partitions, cleanup, retention, "cdc", meaning));
    }

    /**
     * Sees to it that all are there.
     *
     * @return partitions by topic
     * @throws CaptureException naming what is missing and how to make it
     */
    Map<String, Integer> ensure(Collection<TopicSpec> topics) {
        try (Admin admin = Admin.create(KafkaClients.admin(kafka, "cdc-" + settings.slot() + "-admin"))) {
            List<TopicSpec> missing = missingTopics(admin, topics);
            if (!missing.isEmpty() && settings.createTopics().holds(kafka.bootstrapServers())) {
                TopicAdmin.apply(admin, missing, DEFAULT_REPLICATION).forEach(LOG::info);
            } else if (!missing.isEmpty()) {
                throw new CaptureException("topics " + names(missing) + " don't exist. ./backbone topics --apply makes"
                        + " those of the topic catalogue; others are made by an administrator (cleanup.policy=compact)"
                        + " or by the capture (cdc.create-topics = true)");
            }
            return partitions(admin, topics);
        }
    }

    /** Ids of the schemas, by topic. */
    Map<String, Integer> schemaIds(Collection<TopicSpec> topics) {
        List<TopicSpec> missing = topics.stream()
                .filter(topic -> topic.schema() != null && id(topic) == null)
                .toList();
        if (!missing.isEmpty() && settings.registerSchemas().holds(kafka.bootstrapServers())) {
            SubjectAdmin.apply(registry, missing).forEach(LOG::info);
        } else if (!missing.isEmpty()) {
            throw new CaptureException("the schema registry at " + registry.where()
                    + " doesn't have this version of the schemas of " + names(missing)
                    + ". ./backbone topics --apply registers those of the topic catalogue; others are registered by"
                    + " an administrator (subject <topic>-value) or by the capture (cdc.register-schemas = true)");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (TopicSpec topic : topics) {
            Integer id = id(topic);
            if (id != null) {
                ids.put(topic.name(), id);
            }
        }
        return ids;
    }

    private @Nullable Integer id(TopicSpec topic) {
        Schema schema = topic.schema();
        return schema == null ? null : registry.id(topic.subject(), schema).orElse(null);
    }

    private static List<TopicSpec> missingTopics(Admin admin, Collection<TopicSpec> topics) {
        Set<String> missing = TopicAdmin.diff(admin, topics).stream()
                .filter(difference -> difference.kind() == Difference.Kind.TOPIC_MISSING)
                .map(Difference::name)
                .collect(Collectors.toSet());
        return topics.stream().filter(topic -> missing.contains(topic.name())).toList();
    }

    private static Map<String, Integer> partitions(Admin admin, Collection<TopicSpec> topics) {
        DescribeTopicsResult described =
                admin.describeTopics(topics.stream().map(TopicSpec::name).toList());
        Map<String, Integer> partitions = new HashMap<>();
        described
                .topicNameValues()
                .forEach((name, description) ->
                        partitions.put(name, get(description).partitions().size()));
        return partitions;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }

    private static String names(Collection<TopicSpec> topics) {
        return topics.stream().map(TopicSpec::name).collect(Collectors.joining(", "));
    }
}
