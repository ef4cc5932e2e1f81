package io.gamestream.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * What a killed or stopped node leaves behind: its metadata say that a broker lives and leads all partitions. Started on it, the
 * node leads at once, completes the transactions that were being committed, is fenced in the middle of it when the dead broker's
 * session is over, and then leaves out the markers of all partitions that have no leader for the moment, as if they were deleted
 * (Kafka 4.3.1, {@code TransactionMarkerChannelManager}). They stay open for ever. So the dead one is fenced first, by a controller
 * alone; which also spares the wait to be refused as its double for its session.
 */
final class DeadBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private DeadBroker() {}

    /**
     * Fences it, where there was one: a node may have died before its broker was registered.
     *
     * @param properties of the node
     * @throws StackException where nothing is known of it after half a minute, or it is still taken for living
     */
    static void fence(Path directory, Map<String, String> properties) throws InterruptedException {
        if (!Files.exists(directory.resolve("__cluster_metadata-0"))) {
            return;
        }
        ControllerServer controller = controller(new KafkaConfig(controllerOf(properties), false));
        try {
            controller.startup();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!isOver(controller.metadataCache().currentImage())) {
                if (System.nanoTime() > until) {
                    throw new StackException("Kafka's controller did not fence the broker of the run before within "
                            + PATIENCE.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    /** Empty is what isn't read yet; the first image that is published has all that was ever committed. */
    private static boolean isOver(MetadataImage image) {
        return !image.isEmpty() && image.cluster().brokers().values().stream().allMatch(BrokerRegistration::fenced);
    }

    /** As {@link KafkaRaftServer} makes one, which keeps it to itself. */
    private static ControllerServer controller(KafkaConfig config) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> kept =
                KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(DeadBroker.class), "");
        QuorumConfig quorum = config.quorumConfig();
        SharedServer shared = new SharedServer(
                config,
                kept._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
                QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        return new ControllerServer(shared, KafkaRaftServer.configSchema(), kept._2());
    }

    private static Map<String, String> controllerOf(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        Set<String> controllers =
                Set.of(properties.getOrDefault("controller.listener.names", "").split(","));
        List<String> listeners =
                Arrays.asList(properties.getOrDefault("listeners", "").split(","));
        all.put("process.roles", "controller");
        all.put(
                "listeners",
                listeners.stream()
                        .filter(listener -> controllers.contains(listener.substring(0, listener.indexOf(':'))))
                        .collect(Collectors.joining(",")));
        all.remove("advertised.listeners");
        all.remove("inter.broker.listener.name");
        // Nobody beats, and nobody should.
        all.put("broker.heartbeat.interval.ms", "50");
        all.put("broker.session.timeout.ms", "200");
        return all;
    }
}
