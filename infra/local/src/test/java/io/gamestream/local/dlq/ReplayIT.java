package io.gamestream.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.payments.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that became dead letters, sent again through a real broker. */
@ExtendWith(StackExtension.class)
class ReplayIT {

    private final Stack stack;
    private final RecordLetters letters;
    private final RecordReplay replay;
    private final byte[] key = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);

    ReplayIT(Stack stack) {
        this.stack = stack;
        letters = new RecordLetters(stack.kafka());
        replay = new RecordReplay(stack.kafka(), new AvroSerdes(stack.registry()), letters, InstantSource.system());
    }

    @Test
    void aRecordIsSentAgainOnceHoweverOftenItIsReplayed() throws Exception {
        RecordMetadata came = sendWebhook(List.of(text("trace", "t1")));
        LetterId id = letter(TopicCatalogue.PAYMENTS_DEAD_LETTERS.name(), came);
        RecordLetter letter = letters.find(id).orElseThrow();
        assertThat(letter.headers()).extracting(Header::key).containsExactly("trace");
        assertThat(letters.isSuperseded(letter)).isFalse();

        assertThat(replay.replay(letter, "anna")).isEmpty();
        // A commit is answered before its last marker is written.
        Awaitility.await("it is there again").until(() -> letters.isSuperseded(letter));
        assertThat(replay.replay(letter, "bert"))
                .hasValueSatisfying(why -> assertThat(why).contains("already, by anna"));
        assertThat(replay.notes()).containsKey(id.toString());
    }

    @Test
    void anOldVersionOfARowNeverReplacesANewerOne() throws Exception {
        RecordMetadata old = sendDelete(TopicCatalogue.GAMES.name());
        LetterId id = letter(TopicCatalogue.CATALOG_DEAD_LETTERS.name(), old);
        sendDelete(TopicCatalogue.GAMES.name());
        RecordLetter letter = letters.find(id).orElseThrow();
        assertThat(replay.replay(letter, "anna"))
                .hasValueSatisfying(why -> assertThat(why).contains("superseded"));
        assertThat(replay.notes()).doesNotContainKey(id.toString());
    }

    @Test
    void aChangeOfTheDatabaseIsNotSentButReadAgain() throws Exception {
        RecordMetadata put = send(
                TopicCatalogue.CDC_DEAD_LETTERS.name(),
                0,
                List.of(text("dead-letter.table", "catalog.games"), text("dead-letter.reason", "price: NaN")));
        RecordLetter letter = letters.find(new LetterId(put.topic(), put.partition(), put.offset()))
                .orElseThrow();
        assertThat(letter.why()).isEqualTo("price: NaN");
        assertThat(replay.replay(letter, "anna"))
                .hasValueSatisfying(why -> assertThat(why).contains("catalog.games", "cdc snapshot"));
        assertThat(letters.all()).anyMatch(one -> one.id().equals(letter.id()));
    }

    @Test
    void anIdIsWhatTheListShows() {
        LetterId id = new LetterId(TopicCatalogue.CATALOG_DEAD_LETTERS.name(), 0, 17);
        assertThat(LetterId.parse(id.toString())).hasValue(id);
        assertThat(LetterId.parse("o1:parked:1")).isEmpty();
        assertThat(LetterId.parse("catalog.games.v1:0:1")).isEqualTo(Optional.empty());
        assertThat(letters.find(new LetterId(id.topic(), 9, 1))).isEmpty();
    }

    /** As Kafka Streams writes it. */
    private LetterId letter(String topic, RecordMetadata came) throws Exception {
        RecordMetadata put = send(
                topic,
                0,
                List.of(
                        text("trace", "t1"),
                        text("__streams.errors.exception", "java.lang.IllegalStateException"),
                        text("__streams.errors.message", "no"),
                        text("__streams.errors.topic", came.topic()),
                        text("__streams.errors.partition", Integer.toString(came.partition())),
                        text("__streams.errors.offset", Long.toString(came.offset()))));
        return new LetterId(put.topic(), put.partition(), put.offset());
    }

    private RecordMetadata send(String topic, @Nullable Integer partition, List<Header> headers) throws Exception {
        return send(new ProducerRecord<>(topic, partition, key, new byte[] {1}, headers));
    }

    // Values that each reader of the topic understands: the stack is shared with tests that read it all.
    private RecordMetadata sendDelete(String topic) throws Exception {
        return send(new ProducerRecord<>(topic, key, null));
    }

    private RecordMetadata sendWebhook(List<Header> headers) throws Exception {
        WebhookEvent event = WebhookEvent.newBuilder()
                .setEventId("evt_" + UUID.randomUUID())
                .setType("payment_intent.succeeded")
                .setFacts(List.of())
                .setCreatedAt(Instant.EPOCH)
                .setReceivedAt(Instant.EPOCH)
                .build();
        String topic = PaymentTopics.WEBHOOKS.name();
        byte[] value = new AvroSerdes(stack.registry())
                .valueSerde(WebhookEvent.class)
                .serializer()
                .serialize(topic, event);
        return send(new ProducerRecord<>(topic, null, key, value, headers));
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), "test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(record).get();
        }
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
