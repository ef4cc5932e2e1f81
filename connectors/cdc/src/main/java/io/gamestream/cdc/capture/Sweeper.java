package io.gamestream.cdc.capture;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes tombstones for keys that a topic has and its table has no more. Used by one thread. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Sweep sweep;
    private final KafkaTransactions transactions;
    private final Map<String, Integer> partitions;

    Sweeper(Sweep sweep, KafkaTransactions transactions, Map<String, Integer> partitions) {
        this.sweep = sweep;
        this.transactions = transactions;
        this.partitions = partitions;
    }

    /** The end of each partition of a fact topic. */
    Map<Integer, Long> ends(String topic) {
        Map<Integer, Long> ends = new TreeMap<>();
        sweep.ends(topic, partitions.getOrDefault(topic, 1))
                .forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }

    /** After a snapshot that everything committed belongs to: removes what it didn't write again since {@code base}. */
    void removeStale(String topic, Map<TopicPartition, Long> base, long lsn) {
        long now = System.currentTimeMillis();
        remove(topic, sweep.staleSince(base), now, new ChangeHeaders().of('d', lsn, lsn, now * 1_000));
    }

    /** After a truncation: removes everything that is committed. */
    void removeAll(String topic, Change change) {
        Map<TopicPartition, Long> base = sweep.ends(topic, partitions.getOrDefault(topic, 1));
        List<Header> headers = new ChangeHeaders().of('d', change.lsn(), change.commitLsn(), change.sourceMicros());
        remove(topic, sweep.staleSince(base), change.sourceMicros() / 1_000, headers);
    }

    private void remove(String topic, Set<ByteBuffer> keys, long timestampMs, List<Header> headers) {
        if (!keys.isEmpty()) {
            LOG.info("{}: {} keys that the table has no more get tombstones", topic, keys.size());
        }
        for (ByteBuffer key : keys) {
            byte[] bytes = new byte[key.remaining()];
            key.get(bytes);
            transactions.send(topic, bytes, null, timestampMs, headers);
        }
    }
}
