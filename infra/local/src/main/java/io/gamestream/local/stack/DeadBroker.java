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
 * What a killed or stopped node leaves behind: its metadata say that a broker lives and leads all partitions. Started on it, the
 * node leads at once, completes the transactions that were being committed, is fenced in the middle of it when the dead broker's
 * session is over, and then leaves out the markers of all partitions that have no leader for the moment, as if they were deleted
 * (Kafka 4.3.1, {@code TransactionMarkerChannelManager}). They stay open for ever. So the dead one is fenced first, by a controller
 * alone; which also spares the wait to be refused as its double for its session.
 */
final class DeadBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long an active controller that knows of no broker is asked again: it counts them a moment after it is active. */
    private static final Duration NOBODY = Duration.ofSeconds(2);

    private DeadBroker() {}

    /**
     * Fences it, where there was one: a node may have died before its broker was registered.
     *
     * @param properties of the node
     * @throws StackException where it is still taken for living after half a minute
     */
    static void fence(Path directory, Map<String, String> properties) throws InterruptedException {
        if (!Files.exists(directory.resolve("__cluster_metadata-0"))) {
            return;
        }
        KafkaRaftServer controller = new KafkaRaftServer(new KafkaConfig(controllerOf(properties), false), Time.SYSTEM);
        try {
            controller.startup();
            long begin = System.nanoTime();
            long without = begin;
            while (count("FencedBrokerCount") == 0) {
                long now = System.nanoTime();
                if (count("ActiveControllerCount") == 0 || count("ActiveBrokerCount") > 0) {
                    without = now;
                }
                if (now - without > NOBODY.toNanos()) {
                    return;
                }
                if (now - begin > PATIENCE.toNanos()) {
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

    private static int count(String name) {
        try {
            Object count = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("kafka.controller:type=KafkaController,name=" + name), "Value");
            return count instanceof Number number ? number.intValue() : 0;
        } catch (InstanceNotFoundException e) {
            return 0;
        } catch (JMException e) {
            throw new StackException("Kafka's controller does not tell its " + name + ": " + e.getMessage(), e);
        }
    }
}
