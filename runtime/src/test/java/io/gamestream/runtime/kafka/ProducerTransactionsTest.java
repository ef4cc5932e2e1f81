package io.gamestream.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
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
            ProducerTransactions.commit(producer, Duration.ofSeconds(10));
            assertThat(done).containsExactly("record", "record", "commit");
            assertThat(producer.transactionCommitted()).isTrue();
        }
    }

    @Test
    void whatIsNotTakenInTimeIsNotCommitted() {
        CountDownLatch answered = new CountDownLatch(1);
        try (MockProducer<String, String> producer =
                new MockProducer<>(true, null, new StringSerializer(), new StringSerializer()) {
                    @Override
                    public synchronized void flush() {
                        try {
                            answered.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }) {
            producer.initTransactions();
            producer.beginTransaction();
            assertThatThrownBy(() -> ProducerTransactions.commit(producer, Duration.ofMillis(20)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("20 ms");
            answered.countDown();
            assertThat(producer.transactionCommitted()).isFalse();
        }
    }
}
