package io.gamestream.payments.admin;

import io.gamestream.runtime.service.Reasons;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.ParkedOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all dead letters, and goes on reading; begins anew where Kafka was away. One thread of its own. */
final class LetterReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LetterReader.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long AGAIN_MS = 1_000;
    private static final long STOP_WITHIN_MS = 3_000;

    private final Letters letters;
    private final Supplier<KafkaConsumer<String, ParkedOrder>> open;
    private final Thread thread = new Thread(this::run, "dead-letters");
    private volatile @Nullable KafkaConsumer<String, ParkedOrder> reading;
    private volatile boolean closed;

    LetterReader(Letters letters, Supplier<KafkaConsumer<String, ParkedOrder>> open) {
        this.letters = letters;
        this.open = open;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        KafkaConsumer<String, ParkedOrder> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(STOP_WITHIN_MS);
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<String, ParkedOrder> consumer = open.get()) {
                reading = consumer;
                read(consumer);
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                LOG.warn("dead letters can't be read, and will be: {}", Reasons.of(e));
                pause();
            }
        }
    }

    private void read(KafkaConsumer<String, ParkedOrder> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(PaymentTopics.PARKED_ORDERS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!closed) {
            poll(consumer);
            if (!letters.isComplete()
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                letters.complete();
            }
        }
    }

    /** A record that is no letter hides no other one. */
    private void poll(KafkaConsumer<String, ParkedOrder> consumer) {
        try {
            for (ConsumerRecord<String, ParkedOrder> record : consumer.poll(POLL)) {
                if (record.value() != null) {
                    letters.put(record.value());
                }
            }
        } catch (RecordDeserializationException e) {
            LOG.warn("{} at {} is no dead letter and is skipped: {}", e.topicPartition(), e.offset(), Reasons.of(e));
            consumer.seek(e.topicPartition(), e.offset() + 1);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            // Told to stop; the loop sees it.
            Thread.currentThread().interrupt();
        }
    }
}
