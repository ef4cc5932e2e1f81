package io.gamestream.topology.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionGuardIT {

    private static final String TOPIC = "guarded";
    private static final String FORGOTTEN = "forgotten";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration AFTER = Duration.ofMillis(300);

    @TempDir
    Path dir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** A coordinator that has lost its record of a transaction: what a broker that stalls may leave behind. */
    @Test
    void readersGetPastATransactionThatNoCoordinatorKnows() throws Exception {
        StackSettings settings = StackSettings.ephemeral(dir.resolve("data")).withParts(Part.KAFKA);
        try (EmbeddedStack stack = EmbeddedStack.start(settings);
                Admin admin = admin(stack.kafka())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            KafkaProducer<byte[], byte[]> dies = begun(stack.kafka(), FORGOTTEN, "never committed");
            forget(stack.kafka());
            dies.close(Duration.ZERO);
        }
        try (EmbeddedStack stack = EmbeddedStack.start(settings);
                Admin admin = admin(stack.kafka())) {
            try (KafkaProducer<byte[], byte[]> other = begun(stack.kafka(), "other", "committed")) {
                other.commitTransaction();
            }
            TransactionGuard guard = guard(admin);
            guard.round();
            assertThat(meters.get("hanging_transactions_suspected").gauge().value())
                    .isEqualTo(1);
            assertThat(committed(stack.kafka())).isEmpty();

            await().atMost(Duration.ofSeconds(30)).until(() -> {
                guard.round();
                return aborted() == 1;
            });

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(committed(stack.kafka())).containsExactly("committed"));
            assertThat(guard.round()).isTrue();
            assertThat(meters.get("hanging_transactions_suspected").gauge().value())
                    .isZero();
        }
    }

    @Test
    void aTransactionThatLivesIsLeftAloneHoweverLongItTakes() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(
                        StackSettings.ephemeral(dir.resolve("data")).withParts(Part.KAFKA));
                Admin admin = admin(stack.kafka())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            TransactionGuard guard = guard(admin);
            try (KafkaProducer<byte[], byte[]> lives = begun(stack.kafka(), "living", "in good time")) {
                long until = System.nanoTime() + AFTER.multipliedBy(4).toNanos();
                while (System.nanoTime() < until) {
                    assertThat(guard.round()).isTrue();
                }
                lives.commitTransaction();
            }
            assertThat(aborted()).isZero();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(committed(stack.kafka())).containsExactly("in good time"));
        }
    }

    private TransactionGuard guard(Admin admin) {
        return new TransactionGuard(
                new Survey(admin),
                new TransactionGuardSettings(
                        new HttpSettings("127.0.0.1", 0), Duration.ofMillis(100), AFTER, Pattern.compile(".*")),
                meters,
                System::nanoTime);
    }

    private double aborted() {
        return meters.get("hanging_transactions_aborted").counter().count();
    }

    private static Admin admin(KafkaSettings kafka) {
        return Admin.create(KafkaClients.admin(kafka, "guard-it"));
    }

    private static KafkaProducer<byte[], byte[]> begun(KafkaSettings kafka, String id, String value) {
        Map<String, Object> properties = KafkaClients.producer(kafka, id);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        sent(producer, new ProducerRecord<>(TOPIC, value.getBytes(StandardCharsets.UTF_8)));
        return producer;
    }

    /** Takes the transactional id out of the coordinator's log; its memory goes with the broker. */
    private static void forget(KafkaSettings kafka) {
        Map<String, Object> properties = KafkaClients.producer(kafka, "__admin_client");
        byte[] id = FORGOTTEN.getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.allocate(4 + id.length)
                .putShort((short) 0)
                .putShort((short) id.length)
                .put(id);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor("__transaction_state").size();
            int partition = Utils.abs(FORGOTTEN.hashCode()) % partitions;
            sent(producer, new ProducerRecord<>("__transaction_state", partition, key.array(), null));
        }
    }

    private static void sent(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        List<Exception> failed = new ArrayList<>();
        var unused = producer.send(record, (to, e) -> {
            if (e != null) {
                failed.add(e);
            }
        });
        producer.flush();
        assertThat(failed).isEmpty();
    }

    private static List<String> committed(KafkaSettings kafka) {
        Map<String, Object> properties = KafkaClients.consumer(kafka, "guard-it");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        return values;
    }
}
