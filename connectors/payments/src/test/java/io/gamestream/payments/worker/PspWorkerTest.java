package io.gamestream.payments.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.payments.psp.IntentAnswer;
import io.gamestream.payments.psp.PaymentProvider;
import io.gamestream.payments.psp.ProviderAnswer;
import io.gamestream.payments.psp.Sim;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.registry.InMemoryRegistry;
import io.gamestream.schemas.registry.RegistryException;
import io.gamestream.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loop, on Kafka's own in-memory clients. */
class PspWorkerTest {

    private static final String SCOPE = "psp-worker-test";
    private static final TopicPartition COMMANDS = new TopicPartition(PaymentTopics.PSP_COMMANDS.name(), 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            if (isCoordinatorAway) {
                throw new TimeoutException("no coordinator");
            }
            return super.committed(partitions, timeout);
        }
    };
    private boolean isCoordinatorAway;
    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private final ByHand provider = new ByHand();
    private Serde<PspCommand> commands;
    private Serde<PspResult> results;
    private PspWorker worker;
    private volatile @Nullable RuntimeException registryTrouble;
    private long nextOffset;

    /** Answers when the test says so. */
    private static final class ByHand implements PaymentProvider {

        private final Map<String, CompletableFuture<ProviderAnswer>> open = new LinkedHashMap<>();
        private boolean accepts = true;

        @Override
        public CompletableFuture<ProviderAnswer> execute(PspCommand command) {
            CompletableFuture<ProviderAnswer> answer = new CompletableFuture<>();
            open.put(command.getOperationId(), answer);
            return answer;
        }

        private void answer(String operation) {
            answer(operation, List.of());
        }

        private void answer(String operation, List<PspFact> facts) {
            CompletableFuture<ProviderAnswer> answer = open.remove(operation);
            assertThat(answer).as("%s is under way", operation).isNotNull();
            if (answer != null) {
                answer.complete(new ProviderAnswer(PspOutcome.DONE, 200, null, null, facts, "req_1"));
            }
        }

        @Override
        public CompletableFuture<IntentAnswer> intent(String intentId) {
            throw new UnsupportedOperationException("the worker asks for no intent");
        }

        @Override
        public boolean accepts() {
            return accepts;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() {
        InMemoryRegistry registry = InMemoryRegistry.scope(SCOPE);
        registry.register(PaymentTopics.PSP_COMMANDS.subject(), PspCommand.getClassSchema());
        registry.register(PaymentTopics.PSP_RESULTS.subject(), PspResult.getClassSchema());
        AvroSerdes serdes = new AvroSerdes(
                new RegistrySettings("mock://" + SCOPE, Map.of(), "io.gamestream.schemas.serde.ConfluentAvroSerde"));
        commands = serdes.valueSerde(PspCommand.class);
        results = serdes.valueSerde(PspResult.class);
        worker = new PspWorker(
                consumer,
                new Results(this::producer),
                new Codec(troubled(commands), troubled(results)),
                provider,
                new WorkerSettings(
                        "0",
                        3,
                        Duration.ZERO,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Sim.settings(URI.create("http://127.0.0.1:1"), Sim.KEY, Duration.ofSeconds(1)),
                        new HttpSettings("127.0.0.1", 0)),
                InstantSource.system());
        worker.subscribe();
        consumer.updateBeginningOffsets(Map.of(COMMANDS, 0L));
        consumer.rebalance(List.of(COMMANDS));
    }

    /** Meets the registry's trouble, while there is any. */
    private <T> Serde<T> troubled(Serde<T> serde) {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    meetTrouble();
                    return serde.serializer().serialize(topic, value);
                },
                (topic, bytes) -> {
                    meetTrouble();
                    return serde.deserializer().deserialize(topic, bytes);
                });
    }

    private void meetTrouble() {
        RuntimeException trouble = registryTrouble;
        if (trouble != null) {
            throw trouble;
        }
    }

    private static RuntimeException away() {
        return new RegistryUnavailableException("no registry answers", new IOException("refused"));
    }

    private void turnUntil(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            worker.turn();
            return condition.getAsBoolean();
        });
    }

    @AfterEach
    void stop() {
        InMemoryRegistry.drop(SCOPE);
    }

    private MockProducer<String, byte[]> producer() {
        MockProducer<String, byte[]> made =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        producers.add(made);
        return made;
    }

    private void give(PspCommand command) {
        give(command.getOrderId(), commands.serializer().serialize(COMMANDS.topic(), command));
    }

    private void give(String key, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(COMMANDS.topic(), 0, nextOffset++, key, value));
    }

    private List<String> written() {
        List<String> operations = new ArrayList<>();
        for (MockProducer<String, byte[]> producer : producers) {
            for (ProducerRecord<String, byte[]> record : producer.history()) {
                if (record.topic().equals(PaymentTopics.PSP_RESULTS.name())) {
                    operations.add(results.deserializer()
                            .deserialize(record.topic(), record.value())
                            .getOperationId());
                }
            }
        }
        return operations;
    }

    private OffsetAndMetadata committed() {
        List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> history =
                producers.get(producers.size() - 1).consumerGroupOffsetsHistory();
        Map<TopicPartition, OffsetAndMetadata> last =
                history.get(history.size() - 1).values().iterator().next();
        return unnamed(Objects.requireNonNull(last.get(COMMANDS)));
    }

    private static OffsetAndMetadata unnamed(OffsetAndMetadata named) {
        assertThat(named.metadata()).matches("[0-9,]*#[0-9a-f]+-[0-9]+");
        return new OffsetAndMetadata(
                named.offset(), named.metadata().substring(0, named.metadata().indexOf('#')));
    }

    @Test
    void aResultAndItsOffsetAreOneTransaction() {
        give(Sim.create("o1"));
        worker.turn();
        assertThat(written()).as("nothing is finished").isEmpty();
        provider.answer("o1:create:1");
        worker.turn();
        assertThat(written()).containsExactly("o1:create:1");
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(1, ""));
    }

    @Test
    void whatADeadWorkerLeftOpenIsEndedBeforeItsOffsetsAreAskedFor() {
        assertThat(producers).hasSize(1);
        assertThat(producers.get(0).transactionInitialized()).isTrue();
    }

    @Test
    void oneOrderInTroubleNeverDelaysAnother() {
        give(Sim.create("o1"));
        give(Sim.create("o2"));
        worker.turn();
        provider.answer("o2:create:1");
        worker.turn();
        assertThat(written()).containsExactly("o2:create:1");
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(0, "1"));
        provider.answer("o1:create:1");
        worker.turn();
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(2, ""));
    }

    @Test
    void callsOfOneOrderFollowEachOther() {
        give(Sim.create("o1"));
        PspCommand second = Sim.create("o1");
        second.setOperationId("o1:confirm:1");
        give(second);
        worker.turn();
        assertThat(provider.open).containsOnlyKeys("o1:create:1");
        provider.answer("o1:create:1");
        worker.turn();
        assertThat(provider.open).containsOnlyKeys("o1:confirm:1");
        provider.answer("o1:confirm:1");
        worker.turn();
        assertThat(written()).containsExactly("o1:create:1", "o1:confirm:1");
    }

    @Test
    void noMoreCallsAreUnderWayThanMayBe() {
        give(Sim.create("o1"));
        give(Sim.create("o2"));
        worker.turn();
        // A poll brings as many as may be under way, however many are.
        List.of("o3", "o4", "o5").forEach(order -> give(Sim.create(order)));
        worker.turn();
        assertThat(provider.open).containsOnlyKeys("o1:create:1", "o2:create:1", "o3:create:1");
        assertThat(consumer.paused()).containsExactly(COMMANDS);
        provider.answer("o2:create:1");
        worker.turn();
        assertThat(provider.open).containsOnlyKeys("o1:create:1", "o3:create:1", "o4:create:1");
        for (String order : List.of("o1", "o3", "o4", "o5")) {
            provider.answer(order + ":create:1");
            worker.turn();
        }
        assertThat(written()).hasSize(5);
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(5, ""));
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void whatWaitsForItsTurnIsNotBegunAfterItsPartitionIsGone() {
        List.of("o1", "o2", "o3", "o4").forEach(order -> give(Sim.create(order)));
        worker.turn();
        assertThat(provider.open).hasSize(3);
        // The in-memory consumer would go on calling it paused.
        consumer.resume(Set.of(COMMANDS));
        consumer.rebalance(List.of());
        provider.answer("o1:create:1");
        worker.turn();
        assertThat(provider.open).containsOnlyKeys("o2:create:1", "o3:create:1");
    }

    @Test
    void whatWaitsForItsTurnIsNotBegunByAWorkerThatStops() {
        List.of("o1", "o2", "o3", "o4").forEach(order -> give(Sim.create(order)));
        worker.turn();
        List.of("o1", "o2", "o3").forEach(order -> provider.answer(order + ":create:1"));
        worker.close();
        assertThat(provider.open).isEmpty();
        assertThat(written()).containsExactlyInAnyOrder("o1:create:1", "o2:create:1", "o3:create:1");
    }

    @Test
    void aResultThatCouldNotBeWrittenIsWrittenLater() {
        give(Sim.create("o1"));
        worker.turn();
        provider.answer("o1:create:1");
        worker.turn();
        producers.get(0).commitTransactionException = new TimeoutException("no coordinator");
        give(Sim.create("o2"));
        worker.turn();
        provider.answer("o2:create:1");
        worker.turn();
        assertThat(consumer.paused()).as("nothing more is begun").containsExactly(COMMANDS);
        worker.turn();
        assertThat(producers).hasSize(2);
        assertThat(written()).containsExactly("o1:create:1", "o2:create:1");
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aResultWhoseCommitWasNotHeardOfIsNotWrittenAgain() {
        give(Sim.create("o1"));
        worker.turn();
        provider.answer("o1:create:1");
        MockProducer<String, byte[]> first = producers.get(0);
        first.commitTransactionException = new TimeoutException("the broker was killed, and had committed");
        worker.turn();
        consumer.commitSync(first.uncommittedOffsets().values().iterator().next());
        give(Sim.create("o2"));
        worker.turn();
        worker.turn();
        provider.answer("o2:create:1");
        worker.turn();
        assertThat(producers).hasSize(2);
        assertThat(written()).as("by the second producer").containsExactly("o2:create:1");
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(2, ""));
    }

    @Test
    void whereItCannotBeAskedWhetherResultsAreThereNothingIsWritten() {
        give(Sim.create("o1"));
        worker.turn();
        provider.answer("o1:create:1");
        producers.get(0).commitTransactionException = new TimeoutException("no coordinator");
        worker.turn();
        isCoordinatorAway = true;
        worker.turn();
        assertThat(written()).isEmpty();
        isCoordinatorAway = false;
        worker.turn();
        assertThat(written()).containsExactly("o1:create:1");
    }

    @Test
    void aWorkerThatWasReplacedEnds() {
        give(Sim.create("o1"));
        worker.turn();
        provider.answer("o1:create:1");
        worker.turn();
        producers.get(0).commitTransactionException = new ProducerFencedException("another one has taken over");
        give(Sim.create("o2"));
        worker.turn();
        provider.answer("o2:create:1");
        assertThatThrownBy(worker::turn).isInstanceOf(ProducerFencedException.class);
        worker.close();
        assertThat(producers)
                .as("another producer would fence the one that has taken over")
                .hasSize(1);
    }

    @Test
    void anAnswerToACallOfAnEarlierAssignmentIsLeftToTheNextOne() {
        give(Sim.create("o1"));
        worker.turn();
        consumer.rebalance(List.of());
        worker.turn();
        consumer.rebalance(List.of(COMMANDS));
        worker.turn();
        provider.answer("o1:create:1");
        worker.turn();
        worker.turn();
        assertThat(written()).as("the command is read again").isEmpty();
    }

    @Test
    void whatIsNoCommandIsKeptAsItCameAndStopsNobody() {
        give("o0", new byte[] {1, 2, 3});
        give(Sim.create("o1"));
        worker.turn();
        provider.answer("o1:create:1");
        worker.turn();
        ProducerRecord<String, byte[]> letter = producers.get(0).history().get(0);
        assertThat(letter.topic()).isEqualTo(TopicCatalogue.PAYMENTS_DEAD_LETTERS.name());
        assertThat(letter.value()).containsExactly(1, 2, 3);
        assertThat(letter.headers().lastHeader("__streams.errors.offset").value())
                .containsExactly('0');
        assertThat(written()).containsExactly("o1:create:1");
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(2, ""));
    }

    @Test
    void commandsStayWhereTheyAreWhileTheCircuitIsOpen() {
        provider.accepts = false;
        worker.turn();
        assertThat(consumer.paused()).containsExactly(COMMANDS);
        provider.accepts = true;
        worker.turn();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aProviderThatBreaksItsPromiseMayHaveCharged() {
        give(Sim.create("o1"));
        worker.turn();
        CompletableFuture<ProviderAnswer> answer =
                provider.open.values().iterator().next();
        answer.completeExceptionally(new IllegalStateException("bug"));
        worker.turn();
        ProducerRecord<String, byte[]> record = producers.get(0).history().get(0);
        assertThat(results.deserializer()
                        .deserialize(record.topic(), record.value())
                        .getOutcome())
                .isEqualTo(PspOutcome.UNKNOWN);
    }

    @Test
    void aResultWaitsForARegistryThatIsAway() {
        give(Sim.create("o1"));
        worker.turn();
        registryTrouble = away();
        provider.answer("o1:create:1");
        worker.turn();
        assertThat(written()).isEmpty();
        assertThat(consumer.paused()).as("nothing more is begun").containsExactly(COMMANDS);
        registryTrouble = null;
        turnUntil(() -> !written().isEmpty());
        assertThat(written()).containsExactly("o1:create:1");
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(1, ""));
    }

    @Test
    void aResultThatCanNotBeWrittenAtAllEndsTheWorker() {
        give(Sim.create("o1"));
        worker.turn();
        registryTrouble = new SerializationException("the schema is not registered");
        provider.answer("o1:create:1");
        assertThatThrownBy(worker::turn).isInstanceOf(SerializationException.class);
    }

    private static PspFact fact(Instant createdAt) {
        return PspFact.newBuilder()
                .setObject(PspObject.REFUND)
                .setId("re_1")
                .setStatus(PspStatus.SUCCEEDED)
                .setAmountMinor(1)
                .setCurrency("EUR")
                .setReason("r".repeat(1_000))
                .setCreatedAt(createdAt)
                .build();
    }

    private PspResult result(int index) {
        ProducerRecord<String, byte[]> record = producers.get(0).history().get(index);
        return results.deserializer().deserialize(record.topic(), record.value());
    }

    /** It is told as unknown, so that its order is read; the order behind it never hears of it. */
    private void isToldAsUnknown(List<PspFact> facts) {
        give(Sim.create("o1"));
        give(Sim.create("o2"));
        worker.turn();
        provider.answer("o1:create:1", facts);
        worker.turn();
        provider.answer("o2:create:1");
        worker.turn();
        assertThat(written()).containsExactly("o1:create:1", "o2:create:1");
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(2, ""));
        assertThat(result(0).getOutcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(result(0).getErrorCode()).isEqualTo("unreadable");
        assertThat(result(0).getHttpStatus()).isEqualTo(200);
        assertThat(result(0).getFacts()).isEmpty();
        assertThat(result(1).getOutcome()).isEqualTo(PspOutcome.DONE);
    }

    @Test
    void anAnswerThatOurSchemaCanNotHoldStopsNobody() {
        isToldAsUnknown(List.of(fact(Instant.MAX)));
    }

    @Test
    void anAnswerThatIsTooLargeToBeWrittenStopsNobody() {
        isToldAsUnknown(Collections.nCopies(2_000, fact(Instant.EPOCH)));
    }

    @Test
    void commandsWaitForARegistryThatIsAwayAndAreNoDeadLetters() {
        registryTrouble = away();
        give(Sim.create("o1"));
        give(Sim.create("o2"));
        worker.turn();
        worker.turn();
        assertThat(provider.open).isEmpty();
        assertThat(producers.get(0).history()).as("dead letters").isEmpty();
        assertThat(consumer.position(COMMANDS)).as("they are read again").isZero();
        registryTrouble = null;
        // A broker still has them; the in-memory consumer keeps nothing that it has handed out.
        nextOffset = 0;
        give(Sim.create("o1"));
        give(Sim.create("o2"));
        turnUntil(() -> provider.open.size() == 2);
        provider.answer("o1:create:1");
        provider.answer("o2:create:1");
        turnUntil(() -> written().size() == 2);
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(2, ""));
        assertThat(producers.get(0).history()).hasSize(2);
    }

    @Test
    void aRegistryThatRefusesUsEndsTheWorker() {
        registryTrouble = new RegistryException(401, "no such user");
        give(Sim.create("o1"));
        assertThatThrownBy(worker::turn).isInstanceOf(RegistryException.class);
    }

    @Test
    void aPartitionWaitsForOneThatHoldsBackManyOthers() {
        give(Sim.create("stuck"));
        worker.turn();
        int done = 0;
        while (consumer.paused().isEmpty() && done < 1_000) {
            String order = "o" + done++;
            give(Sim.create(order));
            worker.turn();
            provider.answer(order + ":create:1");
            worker.turn();
        }
        assertThat(done).as("what the metadata has room for").isEqualTo(500);
        assertThat(committed().offset()).isZero();
        assertThat(committed().metadata()).hasSizeLessThan(4_096).endsWith(",500");
        provider.answer("stuck:create:1");
        worker.turn();
        assertThat(consumer.paused()).isEmpty();
        assertThat(committed()).isEqualTo(new OffsetAndMetadata(501, ""));
    }
}
