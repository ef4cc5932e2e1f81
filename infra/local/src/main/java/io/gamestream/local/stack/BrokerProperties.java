package io.gamestream.local.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How the single node differs from Kafka's defaults, which are made for clusters that nobody kills. */
final class BrokerProperties {

    static final int NODE_ID = 1;

    private BrokerProperties() {}

    static Map<String, String> of(Path directory, int port, int controllerPort) {
        Map<String, String> all = new HashMap<>();
        identity(all, directory, port, controllerPort);
        oneNode(all);
        ledUntilTheEnd(all);
        quickRestart(all);
        compaction(all);
        latency(all);
        return all;
    }

    private static void identity(Map<String, String> all, Path directory, int port, int controllerPort) {
        String broker = "PLAINTEXT://" + LocalPorts.HOST + ":" + port;
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(NODE_ID));
        all.put("controller.quorum.voters", NODE_ID + "@" + LocalPorts.HOST + ":" + controllerPort);
        all.put("controller.listener.names", EmbeddedKafka.CONTROLLER_LISTENER);
        all.put(
                "listeners",
                broker + "," + EmbeddedKafka.CONTROLLER_LISTENER + "://" + LocalPorts.HOST + ":" + controllerPort);
        all.put("advertised.listeners", broker);
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("log.dirs", directory.toString());
        // A typing mistake in a topic's name is an error, not a topic.
        all.put("auto.create.topics.enable", "false");
    }

    private static void oneNode(Map<String, String> all) {
        all.put("default.replication.factor", "1");
        all.put("min.insync.replicas", "1");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            all.put(topic + ".replication.factor", "1");
            // 50 by default; each costs files, memory and a second or two of loading at a restart.
            all.put(topic + ".num.partitions", "4");
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        // 128 MB by default, taken at start.
        all.put("log.cleaner.dedupe.buffer.size", "4194304");
        // Preallocated index files are 10 MB each by default.
        all.put("log.index.size.max.bytes", "1048576");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("num.recovery.threads.per.data.dir", "2");
    }

    /** A single node has no other one to lead its partitions, and what it commits while nobody leads them is left open. */
    private static void ledUntilTheEnd(Map<String, String> all) {
        // One that pauses for longer is fenced; one that was killed or stopped is fenced before its next start
        // (DeadBroker).
        all.put("broker.session.timeout.ms", "120000");
        // It hands leadership over before it takes no more requests, which here means: to nobody.
        all.put("controlled.shutdown.enable", "false");
    }

    /** What a restart after kill -9 waits for with the defaults: the sessions of the dead, those of groups for 45 s. */
    private static void quickRestart(Map<String, String> all) {
        all.put("broker.heartbeat.interval.ms", "500");
        // How often transactions whose time is over are looked for: 10 s by default, which whoever takes over from a
        // killed
        // instance waits in addition.
        all.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.min.session.timeout.ms", "1000");
        all.put("group.consumer.min.session.timeout.ms", "3000");
        all.put("group.consumer.session.timeout.ms", "4000");
        all.put("group.consumer.min.heartbeat.interval.ms", "500");
        all.put("group.consumer.heartbeat.interval.ms", "500");
        all.put("group.streams.initial.rebalance.delay.ms", "0");
        all.put("group.streams.min.session.timeout.ms", "3000");
        all.put("group.streams.session.timeout.ms", "4000");
        all.put("group.streams.min.heartbeat.interval.ms", "500");
        all.put("group.streams.heartbeat.interval.ms", "500");
    }

    /**
     * Transactions, offsets and views are read from their beginning at each start, and only closed segments are compacted.
     * With the defaults (100 MB, 1 GB, a week) a stack would start the slower the longer it has run.
     */
    private static void compaction(Map<String, String> all) {
        all.put("transaction.state.log.segment.bytes", "1048576");
        all.put("offsets.topic.segment.bytes", "1048576");
        all.put("log.roll.ms", "600000");
    }

    private static void latency(Map<String, String> all) {
        // The wait when a transaction follows the last one at once: 24 ms per transaction with the default of 20, 6 so.
        all.put("add.partitions.to.txn.retry.backoff.ms", "1");
    }
}
