package io.gamestream.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ProducerTransactionsTest {

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the callbacks tell
    void everyRecordIsThereBeforeTheCommitIsAskedFor() {
        List<String> done = new ArrayList<>();
        try (MockProducer<String, String> producer =
                new MockProducer<>(false, null, new StringSerializer(), new StringSerializer()) {
                    @Override
                    public synchronized void commitTransaction() {
                        done.add("commit");
                        super.commitTransaction();
                    }
                }) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("topic", "a"), (metadata, failure) -> done.add("record"));
            producer.send(new ProducerRecord<>("topic", "b"), (metadata, failure) -> done.add("record"));
            ProducerTransactions.commit(producer);
            assertThat(done).containsExactly("record", "record", "commit");
            assertThat(producer.transactionCommitted()).isTrue();
        }
    }
}
