package io.gamestream.cdc.capture;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records with the headers and the time of the change that they come from. Used by one thread. */
final class Emitter {

    private final KafkaTransactions transactions;
    private final ChangeHeaders headers = new ChangeHeaders();

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
        transactions.send(topic, key, value, change.sourceMicros() / 1_000, all);
    }
}
