package io.gamestream.local.stack;

import io.gamestream.runtime.connection.KafkaSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.TransactionVersion;

/** One Kafka node, broker and controller, in this JVM. */
final class EmbeddedKafka implements AutoCloseable {

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** For a broker that has given up: parts of it may never close. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KafkaRaftServer server;
    private final KafkaSettings settings;

    private EmbeddedKafka(KafkaRaftServer server, KafkaSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Starts the node on its data, formatting the directory the first time.
     *
     * @throws StackException where the node can't start, or its data is of an older feature level
     */
    static EmbeddedKafka start(Path directory, int port) {
        return start(
                directory,
                BrokerProperties.of(directory, port, LocalPorts.free()),
                new KafkaSettings(LocalPorts.HOST + ":" + port, Map.of()));
    }

    /** @param clients how the node's clients reach it */
    static EmbeddedKafka start(Path directory, Map<String, String> properties, KafkaSettings clients) {
        try {
            format(directory);
            DeadBroker.fence(directory, properties);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            EmbeddedKafka kafka = new EmbeddedKafka(server, clients);
            kafka.requireTransactionsV2();
            Provisioning.topics(kafka.settings(), (short) 1);
            return kafka;
        } catch (StackException e) {
            throw e;
        } catch (Exception e) {
            throw new StackException("Kafka did not start: " + e.getMessage(), e);
        }
    }

    KafkaSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        HopelessClose.await(this::shutdown, KafkaExit.givenUp(), PATIENCE);
    }

    private void shutdown() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(silent)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new StackException("Kafka's directory " + directory + " can't be formatted: " + e.getMessage(), e);
        }
    }

    /** Below version 2 a zombie's late write can fall into the next transaction (KIP-890); exactly-once would be a lie. */
    private void requireTransactionsV2() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(settings.clientProperties())) {
            FinalizedVersionRange version = admin.describeFeatures()
                    .featureMetadata()
                    .get()
                    .finalizedFeatures()
                    .get(TransactionVersion.FEATURE_NAME);
            if (version == null || version.maxVersionLevel() < TransactionVersion.TV_2.featureLevel()) {
                close();
                throw new StackException("Kafka's transaction.version is "
                        + (version == null ? "not finalized" : version.maxVersionLevel())
                        + " (expected: 2); upgrade it with kafka-features.sh or start on an empty data directory");
            }
        }
    }
}
