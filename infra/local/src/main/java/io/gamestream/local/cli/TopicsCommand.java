package io.gamestream.local.cli;

import io.gamestream.local.service.ProductSettings;
import io.gamestream.local.stack.StackException;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.admin.Difference;
import io.gamestream.schemas.admin.SubjectAdmin;
import io.gamestream.schemas.admin.TopicAdmin;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics}: the catalogue against a cluster and its registry. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares the topic catalogue with the cluster and the schema registry.",
        footer = "%nExit status: 0 when all is as the catalogue says, 1 when something is missing or differs.")
final class TopicsCommand implements Callable<Integer> {

    /** Somebody sits in front of it; the client's own default is a minute. */
    private static final int PATIENCE_MS = 15_000;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--apply",
            description = "Creates what is missing and sets what differs. Never deletes a topic, never changes its"
                    + " partitions.")
    boolean apply;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Replicas of topics that are created. Default: the cluster's own default.")
    short replication;

    @Mixin
    SettingsOptions options = new SettingsOptions();

    @Override
    public Integer call() {
        Settings settings = ProductSettings.load(options);
        Connections connections = Connections.of(settings);
        try {
            return compare(connections);
        } catch (TimeoutException e) {
            throw new StackException(
                    "Kafka at " + connections.kafka().bootstrapServers() + " doesn't answer (setting"
                            + " kafka.bootstrap-servers): " + e.getMessage(),
                    e);
        }
    }

    private int compare(Connections connections) {
        SchemaRegistryClient registry =
                SchemaRegistryClient.create(connections.registry().serdeProperties());
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> properties = KafkaClients.admin(connections.kafka(), "topics");
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        try (Admin admin = Admin.create(properties)) {
            if (apply) {
                TopicAdmin.apply(admin, TopicCatalogue.all(), replication).forEach(out::println);
                SubjectAdmin.apply(registry, TopicCatalogue.all()).forEach(out::println);
            }
            List<Difference> left = new ArrayList<>(TopicAdmin.diff(admin, TopicCatalogue.all()));
            left.addAll(SubjectAdmin.diff(registry, TopicCatalogue.all()));
            left.forEach(out::println);
            boolean wrong = left.stream().anyMatch(one -> one.kind() != Difference.Kind.TOPIC_UNKNOWN);
            if (!wrong) {
                out.println(TopicCatalogue.all().size() + " topics on "
                        + connections.kafka().bootstrapServers() + " are as the catalogue says");
            }
            out.flush();
            return wrong ? 1 : 0;
        }
    }
}
