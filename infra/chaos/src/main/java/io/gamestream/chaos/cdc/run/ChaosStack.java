package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackPorts;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** The broker in a stack of its own, so that it can go and come back without the others. */
final class ChaosStack implements AutoCloseable {

    private final StackSettings brokerSettings;
    private final EmbeddedStack others;
    private EmbeddedStack broker;

    private ChaosStack(StackSettings brokerSettings, EmbeddedStack broker, EmbeddedStack others) {
        this.brokerSettings = brokerSettings;
        this.broker = broker;
        this.others = others;
    }

    static ChaosStack start(Path dataDir) {
        StackSettings brokerSettings = StackSettings.ephemeral(dataDir.resolve("broker"))
                .withParts(Part.KAFKA)
                .withPorts(new StackPorts(LocalPorts.free(), 0, 0, 0));
        EmbeddedStack broker = EmbeddedStack.start(brokerSettings);
        try {
            EmbeddedStack others = EmbeddedStack.start(
                    StackSettings.ephemeral(dataDir.resolve("others")).withParts(Part.POSTGRES, Part.REGISTRY));
            keepEverything(broker.kafka());
            return new ChaosStack(brokerSettings, broker, others);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Compaction would take records away before they are checked. */
    private static void keepEverything(KafkaSettings kafka) {
        String aDay = Long.toString(Duration.ofDays(1).toMillis());
        AlterConfigOp keep = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, aDay), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(KafkaClients.admin(kafka, "chaos"))) {
            admin.incrementalAlterConfigs(Stream.of(TopicCatalogue.GAMES, TopicCatalogue.POSITIONS)
                            .collect(Collectors.toMap(
                                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                                    topic -> List.of(keep))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new ChaosException("compaction could not be put off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        }
    }

    KafkaSettings kafka() {
        return broker.kafka();
    }

    PostgresSettings postgres() {
        return others.postgres();
    }

    RegistrySettings registry() {
        return others.registry();
    }

    /** What leads the capture to them. */
    List<String> settings() {
        return Stream.concat(broker.connectionSettings().stream(), others.connectionSettings().stream())
                .toList();
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() {
        broker = EmbeddedStack.start(brokerSettings);
    }

    @Override
    public void close() {
        try {
            broker.close();
        } finally {
            others.close();
        }
    }
}
