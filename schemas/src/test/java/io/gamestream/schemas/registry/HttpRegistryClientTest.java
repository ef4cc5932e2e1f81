package io.gamestream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gamestream.schemas.serde.ConfluentAvroDeserializer;
import io.gamestream.schemas.serde.ConfluentAvroSerializer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRegistryClientTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("R").fields().requiredLong("n").endRecord();
    private static final String BY_ID = "GET /schemas/ids/1";
    private static final String FOUND = "{\"schema\": \"\\\"string\\\"\"}";
    private static final String UNKNOWN = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";

    private RegistryStub registry;

    HttpRegistryClientTest() throws IOException {
        registry = new RegistryStub();
    }

    @BeforeEach
    void knowOneSchema() {
        registry.on("POST /subjects/t-value", 200, "{\"subject\": \"t-value\", \"id\": 1, \"version\": 1}");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void asksOnceHoweverManyRecordsThereAre() {
        registry.on(BY_ID, 200, "{\"schema\": \"" + SCHEMA.toString().replace("\"", "\\\"") + "\"}");
        ConfluentAvroSerializer<GenericRecord> serializer = new ConfluentAvroSerializer<>();
        Deserializer<GenericRecord> deserializer = new ConfluentAvroDeserializer<>();
        serializer.configure(properties(Map.of()), false);
        deserializer.configure(properties(Map.of()), false);

        for (long n = 0; n < 500; n++) {
            // A schema parsed anew for each record is the worst that a producer can do.
            Schema schema = new Schema.Parser().parse(SCHEMA.toString());
            byte[] record = serializer.serialize(
                    "t", new GenericRecordBuilder(schema).set("n", n).build());
            assertThat(deserializer.deserialize("t", record).get("n")).isEqualTo(n);
        }

        assertThat(registry.calls()).containsExactly("POST /subjects/t-value", BY_ID);
    }

    @Test
    void asksTheNextRegistryWhenOneIsAway() throws IOException {
        registry.on(BY_ID, 200, FOUND);
        SchemaRegistryClient client = client(Map.of("schema.registry.url", deadUrl() + "," + registry.url()));

        assertThat(client.schema(1)).contains(Schema.create(Schema.Type.STRING));
    }

    @Test
    void triesAgainWhatFailsForAMoment() {
        registry.on(BY_ID, 503, "starting").on(BY_ID, 500, "{}").on(BY_ID, 200, FOUND);

        assertThat(client(Map.of()).schema(1)).isPresent();
        assertThat(registry.calls()).hasSize(3);
    }

    @Test
    void givesUpAndSaysWhomItAskedAndHowOften() throws IOException {
        String url = deadUrl();

        assertThatThrownBy(() -> client(Map.of("schema.registry.url", url)).schema(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll("GET", url, "/schemas/ids/1", "3 tries", "schema.registry.url");
    }

    @Test
    void doesNotTakeARefusalForAFault() {
        registry.on(BY_ID, 401, "{\"error_code\": 401, \"message\": \"Unauthorized\"}");

        assertThatThrownBy(() -> client(Map.of()).schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll("401 Unauthorized", "basic.auth.user.info");
        assertThat(registry.calls()).hasSize(1);
    }

    @Test
    void tellsAWrongAddressFromAMissingSchema() {
        registry.on(BY_ID, 404, "{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}");

        assertThatThrownBy(() -> client(Map.of()).schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Check schema.registry.url");
    }

    @Test
    void asksAgainAfterAWhileForWhatWasMissing() {
        registry.on(BY_ID, 404, UNKNOWN).on(BY_ID, 200, FOUND);
        SchemaRegistryClient client = client(Map.of());
        assertThat(client.schema(1)).isEmpty();
        assertThat(client.schema(1)).as("at once").isEmpty();
        assertThat(registry.calls()).hasSize(1);

        await().untilAsserted(() -> assertThat(client.schema(1)).isPresent());
    }

    @Test
    void doesNotRememberAFault() {
        registry.on(BY_ID, 500, "{}").on(BY_ID, 500, "{}").on(BY_ID, 500, "{}").on(BY_ID, 200, FOUND);
        ConfluentAvroDeserializer<Object> deserializer = new ConfluentAvroDeserializer<>();
        deserializer.configure(properties(Map.of()), false);
        byte[] record = {0, 0, 0, 0, 1, 2, 'x'};

        assertThatThrownBy(() -> deserializer.deserialize("t", record))
                .isInstanceOf(RegistryUnavailableException.class)
                .isNotInstanceOf(SerializationException.class);
        assertThat(deserializer.deserialize("t", record)).hasToString("x");
    }

    @Test
    void sendsBasicCredentialsFromPropertiesOrUrl() {
        registry.on(BY_ID, 200, FOUND);
        Map<String, String> userInfo =
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ada:secret");
        String url = registry.url().replace("//", "//bob:secret@");

        assertThat(client(userInfo).schema(1)).isPresent();
        assertThat(client(Map.of("schema.registry.url", url)).schema(1)).isPresent();

        assertThat(registry.authorizations()).containsExactly("Basic YWRhOnNlY3JldA==", "Basic Ym9iOnNlY3JldA==");
        assertThat(client(Map.of("schema.registry.url", url)).where()).doesNotContain("secret");
    }

    @Test
    void resolvesReferencesBetweenSchemas() {
        registry.on(BY_ID, 200, """
                {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"A\\",\\"fields\\":[{\\"name\\":\\"b\\",\\"type\\":\\"x.B\\"}]}",
                 "references": [{"name": "x.B", "subject": "b", "version": 2}]}""");
        registry.on("GET /subjects/b/versions/2", 200, """
                {"schema": "{\\"type\\":\\"fixed\\",\\"name\\":\\"B\\",\\"namespace\\":\\"x\\",\\"size\\":3}", "id": 9}""");

        Schema schema = client(Map.of()).schema(1).orElseThrow();

        assertThat(schema.getField("b").schema().getFixedSize()).isEqualTo(3);
    }

    @Test
    void refusesASchemaThatIsNotAvro() {
        registry.on(BY_ID, 200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = 3\"}");

        assertThatThrownBy(() -> client(Map.of()).schema(1)).hasMessageContainingAll("schema id 1", "PROTOBUF");
    }

    @Test
    void namesThePropertyThatIsWrong() {
        assertThatThrownBy(() -> SchemaRegistryClient.create(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
        assertThatThrownBy(() -> client(Map.of("schema.registry.url", "localhost:8081")))
                .hasMessageContaining("schema.registry.url");
        assertThatThrownBy(() -> client(Map.of("max.retries", "many"))).hasMessageContaining("max.retries");
        assertThatThrownBy(() -> client(Map.of("basic.auth.credentials.source", "USER_INFO")))
                .hasMessageContaining("basic.auth.user.info");
        assertThatThrownBy(() -> client(Map.of("schema.registry.ssl.truststore.location", "/no/such.jks")))
                .hasMessageContainingAll("schema.registry.ssl.truststore.location", "/no/such.jks");
    }

    private SchemaRegistryClient client(Map<String, String> more) {
        return SchemaRegistryClient.create(properties(more));
    }

    private Map<String, Object> properties(Map<String, String> more) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("schema.registry.url", registry.url());
        properties.put("max.retries", 2);
        properties.put("retries.wait.ms", 1);
        properties.putAll(more);
        return properties;
    }

    /** Of a port that nobody listens on. */
    private static String deadUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
