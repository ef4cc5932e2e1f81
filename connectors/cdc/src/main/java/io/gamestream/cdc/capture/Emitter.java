package io.gamestream.cdc.capture;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Records with the headers and the time of the change that they come from. They are held back until {@link #flush}: of a
 * transaction with a change that is refused, none is in the Kafka transaction that holds what came before. Used by one thread.
 */
final class Emitter {

    private final KafkaTransactions transactions;
    private final ChangeHeaders headers = new ChangeHeaders();
    private final List<ProducerRecord<byte[], byte[]>> held = new ArrayList<>();

    Emitter(KafkaTransactions transactions) {
        this.transactions = transactions;
    }

    void put(String topic, byte[] key, byte[] value, Change change) {
        send(topic, key, value, change, headers(change.op(), change));
    }

    void put(String topic, byte[] key, byte @Nullable [] value, Change change, List<Header> more) {
        List<Header> all = new ArrayList<>(headers(change.op(), change));
        all.addAll(more);
        send(topic, key, value, change, all);
    }

    void remove(String topic, byte[] key, Change change) {
        send(topic, key, null, change, headers('d', change));
    }

    private List<Header> headers(char op, Change change) {
        return headers.of(op, change.lsn(), change.commitLsn(), change.sourceMicros());
    }

    private void send(String topic, byte[] key, byte @Nullable [] value, Change change, List<Header> all) {
        held.add(new ProducerRecord<>(topic, null, change.sourceMicros() / 1_000, key, value, all));
    }

    /** Puts what is held back into the Kafka transaction. */
    void flush() {
        held.forEach(transactions::add);
        held.clear();
    }

    /** Forgets what is held back. */
    void discard() {
        held.clear();
    }
}
