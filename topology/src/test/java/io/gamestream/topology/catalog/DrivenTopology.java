package io.gamestream.topology.catalog;

import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.registry.InMemoryRegistry;
import io.gamestream.schemas.serde.ConfluentAvroSerde;
import io.gamestream.topology.streams.StreamsSettings;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.StreamsTuning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One topology in a test driver, with the properties that it is started with. */
final class DrivenTopology implements AutoCloseable {

    private static final String SCOPE = "topology";
    private static final Instant COMMITTED = Instant.parse("2026-01-01T00:00:00Z");

    final AvroSerdes serdes;
    private final TopologyTestDriver driver;

    DrivenTopology(Path stateDir, BiFunction<AvroSerdes, StreamsTuning, StreamsSpec> application) {
        serdes = serdes();
        StreamsSpec spec =
                application.apply(serdes, new StreamsTuning(1, Duration.ofMillis(10), Duration.ZERO, Duration.ZERO));
        Properties properties = properties(spec, stateDir);
        driver = new TopologyTestDriver(spec.topology(properties), properties);
    }

    static AvroSerdes serdes() {
        for (TopicSpec topic : TopicCatalogue.all()) {
            if (topic.schema() != null) {
                InMemoryRegistry.scope(SCOPE).register(topic.subject(), topic.schema());
            }
        }
        return new AvroSerdes(new RegistrySettings("mock://" + SCOPE, Map.of(), ConfluentAvroSerde.class.getName()));
    }

    static Properties properties(StreamsSpec spec, Path stateDir) {
        return spec.properties(
                Map.of("bootstrap.servers", "none:1"),
                new StreamsSettings(stateDir, "classic", Duration.ofSeconds(10), 8L << 20, Map.of()));
    }

    <T extends SpecificRecord> void send(
            TopicSpec topic, Class<T> type, @Nullable String key, @Nullable T value, Headers headers) {
        TestInputTopic<String, T> input = driver.createInputTopic(
                topic.name(), new StringSerializer(), serdes.valueSerde(type).serializer());
        input.pipeInput(new TestRecord<>(key, value, headers, COMMITTED));
    }

    void sendBytes(TopicSpec topic, String key, byte[] value, Headers headers) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, COMMITTED));
    }

    <T extends SpecificRecord> TestOutputTopic<String, T> output(TopicSpec topic, Class<T> type) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), serdes.valueSerde(type).deserializer());
    }

    TestOutputTopic<byte[], byte[]> deadLetters() {
        return driver.createOutputTopic(
                TopicCatalogue.CATALOG_DEAD_LETTERS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** As change data capture writes them. */
    static Headers headers(long lsn) {
        return new RecordHeaders()
                .add("op", "u".getBytes(StandardCharsets.UTF_8))
                .add("lsn", Long.toString(lsn).getBytes(StandardCharsets.UTF_8));
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }
}
