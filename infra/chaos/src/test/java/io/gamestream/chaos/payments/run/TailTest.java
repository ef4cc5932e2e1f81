package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.schemas.PaymentTopics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailTest {

    private static final byte[] VALUE = {1, 2, 3};
    private static final String JOURNAL = PaymentTopics.JOURNAL.name();

    private final Tail tail = new Tail(new TopicReader(new KafkaSettings("127.0.0.1:1", Map.of())));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payments.journal.v1",
                "payments.psp-commands.v1",
                "payments.psp-results.v1",
                "payments.entitlements.v1",
                "payments.ledger-postings.v1",
                "payments.events.v1",
                "payments.notifications.v1"
            })
    void whatOthersReadIsComparedWithTheEnd(String topic) {
        tail.take(new ConsumerRecord<>(topic, 2, 7, "ord_1", VALUE));
        assertThat(Tail.TOPICS).contains(topic);
        assertThat(tail.seen()).containsExactly(Map.entry(topic + "-2@7", Tail.digest(VALUE)));
    }

    @Test
    void commandsOfPlayersAreNotCompared() {
        tail.take(new ConsumerRecord<>(PaymentTopics.ORDER_COMMANDS.name(), 2, 7, "ord_1", VALUE));
        assertThat(tail.seen()).isEmpty();
    }

    /** It was committed by the process that is dead, and is read only now. */
    @Test
    void whatIsReadLateIsNotNewer() {
        tail.take(made(1_000, 0));
        assertThat(tail.hasNewer(JOURNAL, 999)).isTrue();
        assertThat(tail.hasNewer(JOURNAL, 1_000)).isFalse();
        tail.take(made(998, 1));
        assertThat(tail.hasNewer(JOURNAL, 1_000)).isFalse();
        tail.take(made(1_001, 2));
        assertThat(tail.hasNewer(JOURNAL, 1_000)).isTrue();
        assertThat(tail.hasNewer(PaymentTopics.PSP_RESULTS.name(), 0)).isFalse();
    }

    private static ConsumerRecord<String, byte[]> made(long millis, long offset) {
        return new ConsumerRecord<>(
                JOURNAL,
                2,
                offset,
                millis,
                TimestampType.CREATE_TIME,
                5,
                VALUE.length,
                "ord_1",
                VALUE,
                new RecordHeaders(),
                Optional.empty());
    }
}
