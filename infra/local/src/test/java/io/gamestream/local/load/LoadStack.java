package io.gamestream.local.load;

import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.sessions.Play;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A stack to load into, and what a reader finds in it: written without the code under test. */
public final class LoadStack implements AutoCloseable {

    private final EmbeddedStack stack;

    private LoadStack(EmbeddedStack stack) {
        this.stack = stack;
    }

    public static LoadStack start(Path dataDir) {
        return start(StackSettings.ephemeral(dataDir));
    }

    public static LoadStack start(StackSettings settings) {
        return new LoadStack(EmbeddedStack.start(settings.withParts(Part.KAFKA, Part.POSTGRES, Part.REGISTRY)));
    }

    public EmbeddedStack stack() {
        return stack;
    }

    public long count(String sql) throws SQLException {
        try (Connection connection = PostgresLoad.connect(stack.postgres());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    public void update(String sql) throws SQLException {
        try (Connection connection = PostgresLoad.connect(stack.postgres());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All plays that a read_committed reader finds. */
    public List<Play> plays() {
        Map<String, Object> properties = KafkaClients.consumer(stack.kafka(), "test-plays");
        List<Play> plays = new ArrayList<>();
        try (Serde<Play> serde = new AvroSerdes(stack.registry()).valueSerde();
                KafkaConsumer<String, Play> consumer =
                        new KafkaConsumer<>(properties, new StringDeserializer(), serde.deserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, TopicCatalogue.PLAYS.partitions())
                    .mapToObj(number -> new TopicPartition(TopicCatalogue.PLAYS.name(), number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<String, Play> record : consumer.poll(Duration.ofMillis(100))) {
                    if (!record.key().equals(record.value().getUserId())) {
                        throw new AssertionError("key " + record.key() + " of " + record.value());
                    }
                    plays.add(record.value());
                }
            }
        }
        return plays;
    }

    @Override
    public void close() {
        stack.close();
    }
}
