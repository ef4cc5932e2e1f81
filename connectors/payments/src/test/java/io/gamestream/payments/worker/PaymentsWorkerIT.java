package io.gamestream.payments.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.payments.psp.Sim;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The worker between a real broker and the simulator. */
@ExtendWith(StackExtension.class)
class PaymentsWorkerIT {

    private static final int ORDERS = 60;

    @TempDir
    Path dir;

    private final Stack stack;
    private final AvroSerdes serdes;
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    PaymentsWorkerIT(Stack stack) {
        this.stack = stack;
        this.serdes = new AvroSerdes(stack.registry());
    }

    @Test
    void everyCommittedCommandIsCarriedOutOnceAcrossRestarts() throws Exception {
        try (Sim sim = new Sim(dir)) {
            command(0, ORDERS / 2, true);
            command(1_000, 5, false);
            try (PaymentsWorkerService first = worker(sim)) {
                assertThat(results(1)).isNotEmpty();
                assertThat(first.failure().toCompletableFuture()).isNotCompleted();
            }
            command(ORDERS / 2, ORDERS / 2, true);
            try (PaymentsWorkerService second = worker(sim)) {
                Map<String, Integer> written = results(ORDERS);
                assertThat(written).hasSize(ORDERS);
                assertThat(written.values()).as("of each command one result").containsOnly(1);
                assertThat(second.failure().toCompletableFuture()).isNotCompleted();
            }
            assertThat(sim.charges())
                    .as("commands of an aborted transaction charge nobody")
                    .isEqualTo(ORDERS);
        }
    }

    private PaymentsWorkerService worker(Sim sim) throws Exception {
        Map<String, String> settings = stack.connectionSettings();
        settings.put("payments-worker.instance", run);
        settings.put("payments-worker.http.port", "0");
        settings.put("payments-worker.provider.api-key", Sim.KEY);
        settings.put("payments-worker.provider.base-url", sim.url().toString());
        return PaymentsWorkerService.start(Settings.load(null, Map.of(), settings));
    }

    private void command(int from, int count, boolean commit) {
        Map<String, Object> properties = KafkaClients.producer(stack.kafka(), "test");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test-" + run);
        try (KafkaProducer<String, PspCommand> producer = new KafkaProducer<>(
                properties,
                new StringSerializer(),
                serdes.valueSerde(PspCommand.class).serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = from; i < from + count; i++) {
                String order = run + "-" + i;
                Future<RecordMetadata> unused = producer.send(
                        new ProducerRecord<>(PaymentTopics.PSP_COMMANDS.name(), order, Sim.create(order)));
            }
            if (commit) {
                ProducerTransactions.commit(producer, Duration.ofSeconds(30));
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }

    /** Results of this run by operation, once there are so many of them. */
    private Map<String, Integer> results(int atLeast) {
        Map<String, Object> properties = KafkaClients.consumer(stack.kafka(), "test");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "test-" + UUID.randomUUID());
        Map<String, Integer> counted = new HashMap<>();
        List<PspOutcome> outcomes = new ArrayList<>();
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (KafkaConsumer<String, PspResult> consumer = new KafkaConsumer<>(
                properties,
                new StringDeserializer(),
                serdes.valueSerde(PspResult.class).deserializer())) {
            consumer.subscribe(List.of(PaymentTopics.PSP_RESULTS.name()));
            while (counted.size() < atLeast && System.nanoTime() < until) {
                for (ConsumerRecord<String, PspResult> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.key().startsWith(run)) {
                        counted.merge(record.value().getOperationId(), 1, Integer::sum);
                        outcomes.add(record.value().getOutcome());
                    }
                }
            }
        }
        assertThat(outcomes).containsOnly(PspOutcome.DONE);
        return counted;
    }
}
