package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.Follower;
import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows orders all along: what it saw must be there in the end. */
final class Tail implements AutoCloseable {

    /** The saga's store as a topic. */
    static final String STORE = "payments-payment-sagas-changelog";

    /** Those whose records are compared with the end: what others read of an order, and what calls are made by. */
    static final Set<String> COMPARED = Set.of(
            PaymentTopics.JOURNAL.name(),
            PaymentTopics.PSP_COMMANDS.name(),
            PaymentTopics.PSP_RESULTS.name(),
            PaymentTopics.ENTITLEMENTS.name(),
            PaymentTopics.LEDGER_POSTINGS.name(),
            PaymentTopics.EVENTS.name(),
            PaymentTopics.NOTIFICATIONS.name());

    static final List<String> TOPICS = Stream.concat(
                    COMPARED.stream(), Stream.of(PaymentTopics.ORDER_COMMANDS.name(), STORE))
            .toList();

    private final Follower follower;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private final Map<String, PaymentSaga> sagas = new ConcurrentHashMap<>();

    Tail(TopicReader reader) {
        this.follower = new Follower("tail", reader, TOPICS, this::take);
    }

    void start() {
        follower.start();
    }

    /**
     * Whether there is a record of a topic that was made after a moment. When it was read says nothing of that: what is committed
     * before a process dies is read after it.
     *
     * @param millis since 1970
     */
    boolean hasNewer(String topic, long millis) {
        return newest.getOrDefault(topic, 0L) > millis;
    }

    Map<String, Long> seen() {
        return Map.copyOf(seen);
    }

    /** Each order as the store has it. */
    Map<String, PaymentSaga> sagas() {
        return sagas;
    }

    /** How long nothing has come. */
    Duration quietFor() {
        return follower.quietFor();
    }

    static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    static long digest(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    @Override
    public void close() throws InterruptedException {
        follower.close();
    }

    void take(ConsumerRecord<String, byte[]> record) {
        newest.merge(record.topic(), record.timestamp(), Math::max);
        if (record.value() == null) {
            return;
        }
        if (COMPARED.contains(record.topic())) {
            seen.put(place(record), digest(record.value()));
        } else if (record.topic().equals(STORE)) {
            sagas.put(record.key(), saga(record.value()));
        }
    }

    static PaymentSaga saga(byte[] bytes) {
        try {
            return PaymentSaga.getDecoder().decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a record of " + STORE, e);
        }
    }
}
