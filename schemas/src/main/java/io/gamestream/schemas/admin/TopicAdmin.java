package io.gamestream.schemas.admin;

import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.admin.Difference.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Topics of the catalogue, and of configuration, against a cluster. Every method throws {@link KafkaException}s. */
public final class TopicAdmin {

    private TopicAdmin() {}

    /**
     * How the cluster differs from {@code topics}: first what is missing or differs, in the order given, then topics of
     * the same domains and naming scheme that aren't among them.
     */
    public static List<Difference> diff(Admin admin, Collection<TopicSpec> topics) {
        Set<String> existing = get(admin.listTopics().names());
        List<String> present =
                topics.stream().map(TopicSpec::name).filter(existing::contains).toList();
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(present).allTopicNames());
        Map<String, Config> configs = configs(admin, present);
        List<Difference> differences = new ArrayList<>();
        for (TopicSpec topic : topics) {
            TopicDescription description = descriptions.get(topic.name());
            Config config = configs.get(topic.name());
            if (description == null || config == null) {
                differences.add(new Difference(Kind.TOPIC_MISSING, topic.name(), "topic", topic.meaning(), "missing"));
            } else {
                differences.addAll(diff(topic, description, config));
            }
        }
        differences.addAll(unknown(existing, topics));
        return differences;
    }

    /**
     * Creates what is missing and sets configurations that differ. Never deletes a topic and never changes the number of
     * partitions of one: {@link #diff} goes on telling about those.
     *
     * @param replicationFactor of topics that it creates; at 3 and more, writes need two replicas in sync
     * @return what was done, one line each; empty when there was nothing to do
     */
    public static List<String> apply(Admin admin, Collection<TopicSpec> topics, short replicationFactor) {
        List<Difference> differences = diff(admin, topics);
        Set<String> missing = names(differences, Kind.TOPIC_MISSING);
        List<String> done = new ArrayList<>();
        for (TopicSpec topic : topics) {
            if (missing.contains(topic.name()) && create(admin, topic, replicationFactor)) {
                done.add("created topic " + topic.name() + " with " + topic.partitions() + " partition(s)");
            }
        }
        done.addAll(set(admin, differences));
        return done;
    }

    private static List<Difference> diff(TopicSpec topic, TopicDescription description, Config config) {
        List<Difference> differences = new ArrayList<>();
        int partitions = description.partitions().size();
        if (partitions != topic.partitions()) {
            differences.add(new Difference(
                    Kind.PARTITIONS,
                    topic.name(),
                    "partitions",
                    Integer.toString(topic.partitions()),
                    Integer.toString(partitions)));
        }
        int replicas = description.partitions().get(0).replicas().size();
        TopicConfigs.of(topic, replicas).forEach((key, expected) -> {
            ConfigEntry entry = config.get(key);
            String actual = entry == null ? "unset" : entry.value();
            if (!expected.equals(actual)) {
                differences.add(new Difference(Kind.CONFIG, topic.name(), key, expected, actual));
            }
        });
        return differences;
    }

    private static List<Difference> unknown(Set<String> existing, Collection<TopicSpec> topics) {
        Set<String> known = topics.stream().map(TopicSpec::name).collect(Collectors.toSet());
        Set<String> domains = topics.stream().map(TopicSpec::domain).collect(Collectors.toSet());
        return existing.stream()
                .sorted()
                .filter(TopicSpec::isName)
                .filter(name -> !known.contains(name) && domains.contains(TopicSpec.domain(name)))
                .map(name -> new Difference(Kind.TOPIC_UNKNOWN, name, "topic", "absent", "present"))
                .toList();
    }

    private static boolean create(Admin admin, TopicSpec topic, short replicationFactor) {
        NewTopic newTopic = new NewTopic(topic.name(), topic.partitions(), replicationFactor)
                .configs(TopicConfigs.of(topic, replicationFactor));
        try {
            get(admin.createTopics(List.of(newTopic)).all());
            return true;
        } catch (TopicExistsException e) {
            // Another start was faster; the next diff tells whether it made the same.
            return false;
        }
    }

    private static List<String> set(Admin admin, List<Difference> differences) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        List<String> done = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.kind() == Kind.CONFIG) {
                changes.computeIfAbsent(resource(difference.name()), key -> new ArrayList<>())
                        .add(new AlterConfigOp(
                                new ConfigEntry(difference.what(), difference.expected()), AlterConfigOp.OpType.SET));
                done.add("set " + difference.what() + " of topic " + difference.name() + " to " + difference.expected()
                        + " (was: " + difference.actual() + ")");
            }
        }
        if (!changes.isEmpty()) {
            get(admin.incrementalAlterConfigs(changes).all());
        }
        return done;
    }

    private static Map<String, Config> configs(Admin admin, List<String> topics) {
        List<ConfigResource> resources =
                topics.stream().map(TopicAdmin::resource).toList();
        Map<String, Config> configs = new HashMap<>();
        get(admin.describeConfigs(resources).all()).forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private static Set<String> names(List<Difference> differences, Kind kind) {
        return differences.stream()
                .filter(difference -> difference.kind() == kind)
                .map(Difference::name)
                .collect(Collectors.toSet());
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
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
}
