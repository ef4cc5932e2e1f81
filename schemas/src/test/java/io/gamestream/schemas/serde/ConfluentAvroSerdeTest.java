package io.gamestream.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.identity.Tier;
import io.gamestream.schemas.identity.User;
import io.gamestream.schemas.identity.UserStatus;
import io.gamestream.schemas.registry.InMemoryRegistry;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfluentAvroSerdeTest {

    private static final String TOPIC = TopicCatalogue.USERS.name();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final InMemoryRegistry registry = InMemoryRegistry.scope("serde-test");

    @BeforeEach
    void registerTheCatalogue() {
        TopicCatalogue.all().stream()
                .filter(topic -> topic.schema() != null)
                .forEach(topic -> registry.register(topic.subject(), topic.schema()));
    }

    @AfterEach
    void forget() {
        InMemoryRegistry.drop("serde-test");
    }

    @Test
    void roundTripsASpecificRecordWithItsLogicalTypes() {
        ConfluentAvroSerde<User> serde = serde(true);

        User read = serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, user()));

        assertThat(read).isEqualTo(user());
        assertThat(read.getCreatedAt()).isEqualTo(NOW);
    }

    @Test
    void writesConfluentsWireFormatByteForByte() {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"R","fields":[{"name":"n","type":"long"},{"name":"s","type":["null","string"]}]}""");
        int id = registry.register("t-value", schema);
        GenericRecord record =
                new GenericRecordBuilder(schema).set("n", -65L).set("s", "hé").build();

        byte[] bytes = this.<GenericRecord>serde(false).serializer().serialize("t", record);

        // Magic, id, zigzag varint of -65, branch 1, 3 bytes of UTF-8.
        assertThat(bytes)
                .isEqualTo(HexFormat.of().parseHex(String.format("00%08x", id) + "8101" + "02" + "06" + "68c3a9"));
    }

    @Test
    void readsAsGenericWhatWasWrittenAsSpecific() {
        byte[] bytes = this.<User>serde(true).serializer().serialize(TOPIC, user());

        GenericRecord read = this.<GenericRecord>serde(false).deserializer().deserialize(TOPIC, bytes);

        assertThat(read.get("handle")).hasToString("ada");
        assertThat(read.get("createdAt")).isEqualTo(1772366400123456L);
    }

    @Test
    void passesTombstones() {
        ConfluentAvroSerde<User> serde = serde(true);

        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    }

    @Test
    void saysWhatToDoAboutASchemaThatIsNotRegistered() {
        assertThatThrownBy(() -> this.<User>serde(true).serializer().serialize("other.users.v1", user()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll(
                        "other.users.v1-value", "io.gamestream.schemas.identity.User", "./backbone topics --apply");
    }

    @Test
    void findsASchemaThatIsRegisteredAfterAFailure() {
        ConfluentAvroSerde<User> serde = serde(true);
        assertThatThrownBy(() -> serde.serializer().serialize("other.users.v1", user()))
                .isInstanceOf(SerializationException.class);

        registry.register("other.users.v1-value", User.getClassSchema());

        assertThat(serde.serializer().serialize("other.users.v1", user())).isNotEmpty();
    }

    @Test
    void registersOnlyWhenAllowed() {
        ConfluentAvroSerde<User> serde = new ConfluentAvroSerde<>();
        serde.configure(Map.of("schema.registry.url", "mock://serde-test", "auto.register.schemas", "true"), false);

        serde.serializer().serialize("other.users.v1", user());

        assertThat(registry.latest("other.users.v1-value")).isPresent();
    }

    @Test
    void saysThatAnIdIsUnknown() {
        assertThatThrownBy(() -> serde(true).deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 3, (byte) 0xe7, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll(TOPIC, "schema id 999", "mock://serde-test");
    }

    @Test
    void saysThatARecordIsNotFramed() {
        assertThatThrownBy(() -> serde(true).deserializer().deserialize(TOPIC, "{\"id\":1}".getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll(TOPIC, "first byte is 0x7b");
        assertThatThrownBy(() -> serde(true).deserializer().deserialize(TOPIC, new byte[] {0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("has 2 bytes");
    }

    @Test
    void readsOldRecordsWithTheNewSchemaAndNewOnesWithTheOld() {
        Schema old = new Schema.Parser().parse("""
                {"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""");
        Schema current = new Schema.Parser().parse("""
                {"type":"record","name":"R","fields":[{"name":"b","type":"string","default":"x"},{"name":"a","type":"long"}]}""");
        registry.register("t-value", old);
        registry.register("t-value", current);
        ConfluentAvroSerde<GenericRecord> serde = new ConfluentAvroSerde<>(current);
        serde.configure(Map.of("schema.registry.url", "mock://serde-test"), false);
        GenericData.Record written = new GenericRecordBuilder(old).set("a", 7).build();

        GenericRecord read =
                serde.deserializer().deserialize("t", serde.serializer().serialize("t", written));

        assertThat(read.get("a")).isEqualTo(7L);
        assertThat(read.get("b")).hasToString("x");
    }

    private static User user() {
        return User.newBuilder()
                .setId("u1")
                .setHandle("ada")
                .setCountry("GB")
                .setTier(Tier.PLUS)
                .setStatus(UserStatus.ACTIVE)
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .build();
    }

    private <T> ConfluentAvroSerde<T> serde(boolean specific) {
        ConfluentAvroSerde<T> serde = new ConfluentAvroSerde<>();
        serde.configure(Map.of("schema.registry.url", "mock://serde-test", "specific.avro.reader", specific), false);
        return serde;
    }
}
