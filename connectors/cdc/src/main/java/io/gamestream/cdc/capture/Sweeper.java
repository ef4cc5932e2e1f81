package io.gamestream.cdc.capture;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes tombstones for keys that a topic has and its table has no more. Reading a topic may take minutes, and a broker aborts a
 * transaction that stays open so long: none is open while it reads, and many tombstones make several. The {@code commit} that
 * each method takes ends one with a position from which the whole sweep is done again. Used by one thread.
 */
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
        return sweep.ends(topic, partitions.getOrDefault(topic, 1));
    }

    /** After a snapshot that everything committed belongs to: removes what it didn't write again since {@code base}. */
    void removeStale(String topic, Map<Integer, Long> base, long lsn, Runnable commit) {
        long now = System.currentTimeMillis();
        remove(topic, base, now, new ChangeHeaders().of('d', lsn, lsn, now * 1_000), commit);
    }

    /** After a truncation: removes everything that is committed. */
    void removeAll(String topic, Change change, Runnable commit) {
        List<Header> headers = new ChangeHeaders().of('d', change.lsn(), change.commitLsn(), change.sourceMicros());
        remove(topic, ends(topic), change.sourceMicros() / 1_000, headers, commit);
    }

    private void remove(
            String topic, Map<Integer, Long> base, long timestampMs, List<Header> headers, Runnable commit) {
        base.forEach((number, end) -> {
            TopicPartition partition = new TopicPartition(topic, number);
            sweep.stale(partition, end, keys -> remove(partition, keys, timestampMs, headers, commit));
        });
    }

    private void remove(
            TopicPartition partition, Set<ByteBuffer> keys, long timestampMs, List<Header> headers, Runnable commit) {
        if (!keys.isEmpty()) {
            LOG.info("{}: {} keys that the table has no more get tombstones", partition, keys.size());
        }
        for (ByteBuffer key : keys) {
            byte[] bytes = new byte[key.remaining()];
            key.get(bytes);
            transactions.remove(partition, bytes, timestampMs, headers);
            if (transactions.isLarge()) {
                commit.run();
            }
        }
        if (transactions.isOpen()) {
            commit.run();
        }
    }
}
