package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.schemas.registry.RegisteredSchema;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One thing in each part of a stack: left there, and looked for after its next start. */
record Keepsakes(KafkaSettings kafka, PostgresSettings postgres, RegistrySettings registry, RedisSettings redis) {

    private static final String NAME = "keepsake";

    static Keepsakes of(EmbeddedStack stack) {
        return new Keepsakes(stack.kafka(), stack.postgres(), stack.registry(), stack.redis());
    }

    /** Returns the id of a schema, when all four parts have acknowledged what they got. */
    int leave() throws Exception {
        sql("INSERT INTO identity.users (id, handle) VALUES ('7', 'ada')");
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(NAME, 1, (short) 1))).all().get();
        }
        produce();
        assertThat(ask("SET " + NAME + " ada")).isEqualTo("+OK");
        return register(NAME);
    }

    /** @param schemaId that {@link #leave} has returned */
    void verify(int schemaId) throws SQLException, IOException {
        assertThat(sql("SELECT handle FROM identity.users WHERE id = '7'")).isEqualTo(Optional.of("ada"));
        assertThat(records()).containsExactly("ada");
        assertThat(ask("GET " + NAME)).isEqualTo("$3 ada");
        assertThat(SchemaRegistryClient.create(registry.serdeProperties()).latest(NAME))
                .map(RegisteredSchema::id)
                .hasValue(schemaId);
        assertThat(register(NAME + "2")).as("the next id").isGreaterThan(schemaId);
    }

    private int register(String name) {
        return SchemaRegistryClient.create(registry.serdeProperties())
                .register(
                        name,
                        SchemaBuilder.record(name)
                                .fields()
                                .requiredString("handle")
                                .endRecord());
    }

    private void produce() throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(NAME, "7", "ada")).get();
        }
    }

    private List<String> records() {
        TopicPartition only = new TopicPartition(NAME, 0);
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka.clientProperties(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
            }
        }
        return found;
    }

    /** The answer to one command of Redis' inline form, its lines joined. */
    private String ask(String command) throws IOException {
        try (Socket socket = new Socket(LocalPorts.loopback(), redis.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answers.substring(0, answers.lastIndexOf("+OK")).strip().replace("\r\n", " ");
        }
    }

    private Optional<String> sql(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return Optional.empty();
            }
            ResultSet rows = statement.getResultSet();
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }
}
