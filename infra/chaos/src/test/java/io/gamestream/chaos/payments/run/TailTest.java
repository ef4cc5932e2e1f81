package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.schemas.PaymentTopics;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailTest {

    private static final byte[] VALUE = {1, 2, 3};

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
    void commandsOfPlayersAreOnlyCounted() {
        String topic = PaymentTopics.ORDER_COMMANDS.name();
        tail.take(new ConsumerRecord<>(topic, 2, 7, "ord_1", VALUE));
        assertThat(tail.seen()).isEmpty();
        assertThat(tail.count(topic)).isEqualTo(1);
    }
}
