package io.gamestream.serving.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;

/**
 * Which instances have which partition, the active one first. All views of a partition are one task, so a partition's number is
 * enough. Immutable; made anew after each rebalance.
 */
public final class Routes {

    /** Nobody has anything. */
    public static final Routes NONE = new Routes(Map.of(), Map.of());

    private final Map<Integer, Peer> active;
    private final Map<Integer, List<Peer>> standbys;

    private Routes(Map<Integer, Peer> active, Map<Integer, List<Peer>> standbys) {
        this.active = Map.copyOf(active);
        this.standbys = Map.copyOf(standbys);
    }

    /** @param topic one that every task reads */
    static Routes of(Collection<StreamsMetadata> instances, String topic) {
        Map<Integer, Peer> active = new HashMap<>();
        Map<Integer, List<Peer>> standbys = new HashMap<>();
        for (StreamsMetadata instance : instances) {
            Peer peer = new Peer(instance.hostInfo().host(), instance.hostInfo().port());
            for (TopicPartition at : instance.topicPartitions()) {
                if (at.topic().equals(topic)) {
                    active.put(at.partition(), peer);
                }
            }
            for (TopicPartition at : instance.standbyTopicPartitions()) {
                if (at.topic().equals(topic)) {
                    standbys.computeIfAbsent(at.partition(), key -> new ArrayList<>())
                            .add(peer);
                }
            }
        }
        return new Routes(active, standbys);
    }

    /** All other instances that have the partition, the active one first. */
    public List<Peer> others(int partition, Peer self) {
        List<Peer> others = new ArrayList<>(2);
        Peer first = active.get(partition);
        if (first != null && !first.equals(self)) {
            others.add(first);
        }
        for (Peer standby : standbys.getOrDefault(partition, List.of())) {
            if (!standby.equals(self) && !standby.equals(first)) {
                others.add(standby);
            }
        }
        return others;
    }

    /** Whether an instance other than this one is the active one. */
    public boolean activeElsewhere(int partition, Peer self) {
        Peer first = active.get(partition);
        return first != null && !first.equals(self);
    }

    /** Partitions that some instance is the active one of. */
    public int partitions() {
        return active.size();
    }
}
