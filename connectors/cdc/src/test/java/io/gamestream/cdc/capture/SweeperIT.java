package io.gamestream.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.position.Checkpoint;
import io.gamestream.cdc.position.Progress;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sweep against a broker, with a memory and transactions that are too small for it. */
@ExtendWith(StackExtension.class)
class SweeperIT {

    private static final int KEYS = 400;
    private static final int MAX_ROWS = 30;

    /** Some 60 keys. */
    private static final long MAX_BYTES = 8_000;

    private final Stack stack;
    private final String slot = "sweep_" + Long.toString(System.nanoTime(), 36);
    private final String topic = "it-" + slot.replace('_', '-') + ".rows.v1";
    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

    SweeperIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void endsAKafkaTransactionBeforeItReadsOnAndWhereOneIsLarge() throws Exception {
        try (Connections connections = connections();
                KafkaTransactions transactions = KafkaTransactions.open(connections, settings())) {
            transactions.start();
            Sweeper sweeper = sweeper(transactions);
            Map<Integer, Long> base = staleAndLiving(sweeper);
            List<Boolean> open = new ArrayList<>();
            sweeper.removeStale(topic, base, 7, () -> {
                open.add(transactions.isOpen());
                commit(transactions);
            });
            assertThat(transactions.isOpen()).isFalse();
            assertThat(open).hasSizeGreaterThanOrEqualTo(KEYS / MAX_ROWS).containsOnly(true);
            assertSwept();
        }
    }

    /** Killed between the end of a reading and that of its sweep. */
    @Test
    void aSweepThatWasNotDoneIsDoneAtTheNextStart() throws Exception {
        try (Connections connections = connections();
                KafkaTransactions transactions = KafkaTransactions.open(connections, settings())) {
            transactions.start();
            Sweeper sweeper = sweeper(transactions);
            Map<Integer, Long> base = staleAndLiving(sweeper);
            Progress before = new Progress(
                    Progress.Phase.STREAMING,
                    "it",
                    Set.of(),
                    Map.of("shop.rows", base),
                    Map.of("shop.rows", 5L),
                    Set.of("shop.rows"),
                    Map.of(),
                    Map.of(),
                    null);
            Backfills backfills =
                    new Backfills(new Snapshots(stack.postgres()), sweeper, Map.of("shop.rows", topic), before, 9);
            assertThat(backfills.unswept()).containsExactly("shop.rows");
            assertThat(backfills.betweenTransactions(9, () -> {
                        assertThat(backfills.unswept()).containsExactly("shop.rows");
                        assertThat(backfills.running()).containsKey("shop.rows");
                        commit(transactions);
                    }))
                    .containsExactly("shop.rows");
            assertThat(backfills.unswept()).isEmpty();
            assertThat(backfills.running()).isEmpty();
            assertSwept();
        }
    }

    /** Of the keys, each tenth lives on; one was deleted before. */
    private Map<Integer, Long> staleAndLiving(Sweeper sweeper) throws Exception {
        try (Admin admin = Admin.create(stack.kafka().clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), slot), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < KEYS; i++) {
                send(producer, "k" + i, "old");
            }
            send(producer, "deleted", "old");
            send(producer, "deleted", null);
            producer.flush();
            Map<Integer, Long> base = sweeper.ends(topic);
            for (int i = 0; i < KEYS; i += 10) {
                send(producer, "k" + i, "living");
            }
            producer.flush();
            return base;
        }
    }

    private void send(KafkaProducer<String, String> producer, String key, @Nullable String value) throws Exception {
        if (producer.send(new ProducerRecord<>(topic, key, value)).isCancelled()) {
            throw new IllegalStateException(key);
        }
    }

    private void assertSwept() {
        Map<String, String> table = new TreeMap<>();
        List<String> removed = new ArrayList<>();
        for (ConsumerRecord<String, String> record : records()) {
            if (record.value() == null) {
                table.remove(record.key());
                removed.add(record.key());
            } else {
                table.put(record.key(), record.value());
            }
        }
        assertThat(table).hasSize(KEYS / 10).allSatisfy((key, value) -> assertThat(value)
                .isEqualTo("living"));
        assertThat(removed).hasSize(KEYS - KEYS / 10 + 1).doesNotHaveDuplicates();
    }

    private List<ConsumerRecord<String, String>> records() {
        Map<String, Object> properties = KafkaClients.consumer(stack.kafka(), slot + "-check");
        properties.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> both = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(both);
            consumer.seekToBeginning(both);
            Map<TopicPartition, Long> ends = consumer.endOffsets(both);
            while (both.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
        }
        return read;
    }

    private Sweeper sweeper(KafkaTransactions transactions) {
        return new Sweeper(new Sweep(stack.kafka(), slot, MAX_BYTES), transactions, Map.of(topic, 2));
    }

    private static void commit(KafkaTransactions transactions) {
        transactions.flush();
        Progress progress = new Progress(
                Progress.Phase.SNAPSHOT, "it", Set.of(), Map.of(), Map.of(), Set.of(), Map.of(), Map.of(), null);
        transactions.commit(new Checkpoint(0, progress, transactions.written(), Instant.EPOCH, null));
    }

    private Connections connections() {
        return Connections.of(stack.kafka(), stack.postgres(), stack.registry());
    }

    private CdcSettings settings() {
        return Settings.load(
                        null, Map.of(), Map.of("cdc.slot", slot, "cdc.transaction.max-rows", String.valueOf(MAX_ROWS)))
                .bind("cdc", CdcSettings.class);
    }
}
