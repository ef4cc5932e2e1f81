package io.gamestream.topology.payment;

import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.WebhookEvent;
import io.gamestream.schemas.registry.InMemoryRegistry;
import io.gamestream.schemas.serde.ConfluentAvroSerde;
import io.gamestream.topology.streams.StreamsSettings;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.StreamsTuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The payment topologies in a test driver, with a clock that a test turns. */
final class DrivenPayments implements AutoCloseable {

    private static final String SCOPE = "payments";

    static final PaymentConfig CONFIG = new PaymentConfig(
            new HttpSettings("127.0.0.1", 0),
            new StreamsTuning(1, Duration.ofMillis(10), Duration.ZERO, Duration.ZERO),
            new StreamsTuning(1, Duration.ofMillis(10), Duration.ZERO, Duration.ZERO),
            new PaymentConfig.Timers(Duration.ofMillis(100), 2),
            new PaymentConfig.Routes(Duration.ofDays(400), Duration.ofHours(12), 3),
            Payments.policy());

    private final AvroSerdes serdes = serdes();
    private final TopologyTestDriver driver;

    DrivenPayments(Path stateDir, BiFunction<AvroSerdes, PaymentConfig, StreamsSpec> application) {
        StreamsSpec spec = application.apply(serdes, CONFIG);
        Properties properties = properties(spec, stateDir);
        driver = new TopologyTestDriver(spec.topology(properties), properties, Payments.PLACED);
    }

    static TopologyDescription describe(Path stateDir, BiFunction<AvroSerdes, PaymentConfig, StreamsSpec> application) {
        StreamsSpec spec = application.apply(serdes(), CONFIG);
        return spec.topology(properties(spec, stateDir)).describe();
    }

    <T extends SpecificRecord> void send(TopicSpec topic, Class<T> type, String key, T value) {
        driver.createInputTopic(
                        topic.name(),
                        new StringSerializer(),
                        serdes.valueSerde(type).serializer())
                .pipeInput(key, value);
    }

    void ask(OrderCommand command) {
        send(PaymentTopics.ORDER_COMMANDS, OrderCommand.class, command.getOrderId(), command);
    }

    void answer(PspCommand to, PspOutcome outcome, PspFact... facts) {
        PspResult result = Payments.answer(to, outcome, facts);
        result.setOrderId(to.getOrderId());
        send(PaymentTopics.PSP_RESULTS, PspResult.class, to.getOrderId(), result);
    }

    void tell(TopicSpec topic, String key, WebhookEvent event) {
        send(topic, WebhookEvent.class, key, event);
    }

    <T extends SpecificRecord> TestOutputTopic<String, T> output(TopicSpec topic, Class<T> type) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), serdes.valueSerde(type).deserializer());
    }

    <T extends SpecificRecord> List<T> read(TopicSpec topic, Class<T> type) {
        return output(topic, type).readValuesToList();
    }

    long deadLetters() {
        return driver.createOutputTopic(
                        TopicCatalogue.PAYMENTS_DEAD_LETTERS.name(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
    }

    /** Payment intents of which the router knows something. */
    long routes() {
        try (KeyValueIterator<String, ?> all =
                driver.<String, Object>getKeyValueStore("webhook-routes").all()) {
            long count = 0;
            while (all.hasNext()) {
                all.next();
                count++;
            }
            return count;
        }
    }

    /** As another setting would have written it. */
    void writeTimer(String order, TimerKind kind, Duration instead, Duration after) {
        DueIndex index = new DueIndex(driver.getKeyValueStore(PaymentTopology.Names.TIMERS));
        long placed = Payments.PLACED.toEpochMilli();
        index.remove(new DueIndex.Entry(placed + instead.toMillis(), kind.code(), order));
        index.add(new DueIndex.Entry(placed + after.toMillis(), kind.code(), order));
    }

    void turnClock(Duration by) {
        driver.advanceWallClockTime(by);
    }

    @Override
    public void close() {
        driver.close();
    }

    private static AvroSerdes serdes() {
        TopicCatalogue.all().stream()
                .filter(topic -> topic.schema() != null)
                .forEach(topic -> InMemoryRegistry.scope(SCOPE).register(topic.subject(), topic.schema()));
        return new AvroSerdes(new RegistrySettings("mock://" + SCOPE, Map.of(), ConfluentAvroSerde.class.getName()));
    }

    private static Properties properties(StreamsSpec spec, Path stateDir) {
        return spec.properties(
                Map.of("bootstrap.servers", "none:1"),
                new StreamsSettings(stateDir, "classic", Duration.ofSeconds(10), 8L << 20, Map.of()));
    }
}
