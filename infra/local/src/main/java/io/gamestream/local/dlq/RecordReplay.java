package io.gamestream.local.dlq;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.dlq.ReplayNote;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends a dead letter's record again to where it came from, in one transaction with a note of it: a second replay finds the
 * note. One at a time: the transactional id fences whoever began before.
 */
public final class RecordReplay {

    private static final String NOTES = TopicCatalogue.DLQ_REPLAYS.name();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final KafkaSettings kafka;
    private final RecordLetters letters;
    private final Serde<ReplayNote> notes;
    private final InstantSource clock;

    public RecordReplay(KafkaSettings kafka, AvroSerdes serdes, RecordLetters letters, InstantSource clock) {
        this.kafka = kafka;
        this.letters = letters;
        this.notes = serdes.valueSerde(ReplayNote.class);
        this.clock = clock;
    }

    /** Why it was not sent; empty where it was. */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where one of the sends has
    public Optional<String> replay(RecordLetter letter, String actor) {
        try (Producer<byte[], byte[]> producer = producer()) {
            // Settles what an earlier one left behind; from here on its note is there to be read, or never will be.
            producer.initTransactions();
            TopicPartition origin = letter.origin();
            Optional<ReplayNote> note =
                    Optional.ofNullable(notes().get(letter.id().toString()));
            boolean superseded = note.isEmpty()
                    && origin != null
                    && Refusals.isCompacted(origin.topic())
                    && letters.isSuperseded(letter);
            Optional<String> refusal = Refusals.refusal(letter, note, superseded);
            if (refusal.isPresent()) {
                return refusal;
            }
            TopicPartition to = Objects.requireNonNull(origin, "a letter without an origin is refused");
            producer.beginTransaction();
            producer.send(
                    new ProducerRecord<>(to.topic(), to.partition(), letter.key(), letter.value(), letter.headers()));
            producer.send(note(letter, to, actor));
            ProducerTransactions.commit(producer, PATIENCE);
            return Optional.empty();
        }
    }

    /** Every note, by the letter's id. */
    public Map<String, ReplayNote> notes() {
        Map<String, ReplayNote> found = new HashMap<>();
        try (KafkaConsumer<String, ReplayNote> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(kafka, "dlq-notes"), new StringDeserializer(), notes.deserializer())) {
            TopicPartition only = new TopicPartition(NOTES, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
            while (consumer.position(only) < end) {
                for (ConsumerRecord<String, ReplayNote> record : consumer.poll(POLL)) {
                    found.put(record.key(), record.value());
                }
            }
        }
        return found;
    }

    private ProducerRecord<byte[], byte[]> note(RecordLetter letter, TopicPartition to, String actor) {
        String id = letter.id().toString();
        ReplayNote note = new ReplayNote(id, to.topic(), to.partition(), actor, clock.instant());
        try (StringSerializer keys = new StringSerializer()) {
            return new ProducerRecord<>(
                    NOTES, keys.serialize(NOTES, id), notes.serializer().serialize(NOTES, note));
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = KafkaClients.producer(kafka, "dlq");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "dlq-replay");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
