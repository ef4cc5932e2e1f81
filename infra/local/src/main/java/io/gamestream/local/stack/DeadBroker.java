package io.gamestream.local.stack;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * What a killed node leaves behind: its metadata say that a broker lives and leads all partitions. Started on it, the node leads
 * at once, completes the transactions that were being committed, is fenced in the middle of it when the dead broker's session is
 * over, and then leaves out the markers of all partitions that have no leader for the moment, as if they were deleted (Kafka
 * 4.3.1, {@code TransactionMarkerChannelManager}). They stay open for ever. So the dead one is fenced first, by a controller
 * alone; which also spares the wait to be refused as its double for its session.
 */
final class DeadBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FENCED = "kafka.controller:type=KafkaController,name=FencedBrokerCount";

    /** Is there from an orderly stop to the next start. */
    private static final String STOPPED_IN_ORDER = ".kafka_cleanshutdown";

    private DeadBroker() {}

    /**
     * Fences it, where the node was not stopped in order.
     *
     * @param properties of the node
     * @throws StackException where it is still taken for living after half a minute
     */
    static void fence(Path directory, Map<String, String> properties) throws InterruptedException {
        if (!Files.exists(directory.resolve("__cluster_metadata-0"))
                || Files.exists(directory.resolve(STOPPED_IN_ORDER))) {
            return;
        }
        KafkaRaftServer controller = new KafkaRaftServer(new KafkaConfig(controllerOf(properties), false), Time.SYSTEM);
        try {
            controller.startup();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!isFenced()) {
                if (System.nanoTime() > until) {
                    throw new StackException("Kafka's controller did not fence the broker that was killed within "
                            + PATIENCE.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
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

    private static boolean isFenced() {
        try {
            Object count = ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(FENCED), "Value");
            return count instanceof Number number && number.intValue() > 0;
        } catch (InstanceNotFoundException e) {
            return false;
        } catch (JMException e) {
            throw new StackException(
                    "Kafka's controller does not tell how many brokers are fenced: " + e.getMessage(), e);
        }
    }
}
