package io.gamestream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.rest.client.RegistryClient;
import io.apicurio.registry.rest.v2.beans.ArtifactMetaData;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.registry.InMemoryRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/**
 * Ours against Apicurio's serde in its Confluent mode: an implementation that shares no code with ours but Avro itself.
 * Both see the same registry; with a live one, the same runs in the tests of {@code infra/local}.
 */
class ApicurioInteropTest {

    private static final String SCOPE = "apicurio-interop";
    private static final InMemoryRegistry REGISTRY = InMemoryRegistry.scope(SCOPE);

    static {
        // Ids above one byte and above 127, where a wrong byte order or a sign would show.
        for (int i = 0; i < 300; i++) {
            REGISTRY.register("filler", Schema.createFixed("F" + i, null, null, 1));
        }
        REGISTRY.register("games-value", Game.getClassSchema());
        REGISTRY.register("things-value", Samples.EVERYTHING);
    }

    @Test
    void writesTheSameBytesForAGeneratedClass() {
        byte[] theirs = this.<Game>theirSerializer().serialize("games", Samples.game());
        byte[] ours = this.<Game>ours(true).serializer().serialize("games", Samples.game());

        assertThat(ours).isEqualTo(theirs).startsWith(0, 0, 0, 1, 0x2d);
    }

    @Test
    void eachReadsWhatTheOtherWroteForAGeneratedClass() {
        byte[] theirs = this.<Game>theirSerializer().serialize("games", Samples.game());
        byte[] ours = this.<Game>ours(true).serializer().serialize("games", Samples.game());

        assertThat(this.<Game>ours(true).deserializer().deserialize("games", theirs))
                .isEqualTo(Samples.game());
        assertThat(this.<Game>theirDeserializer(true).deserialize("games", ours))
                .isEqualTo(Samples.game());
    }

    @Property(tries = 100)
    void writesTheSameBytesAndReadsThemForGenericRecords(@ForAll("everything") GenericRecord value) {
        byte[] theirs = this.<GenericRecord>theirSerializer().serialize("things", value);
        byte[] ours = this.<GenericRecord>ours(false).serializer().serialize("things", value);

        assertThat(ours).isEqualTo(theirs);
        GenericRecord oursOfTheirs =
                this.<GenericRecord>ours(false).deserializer().deserialize("things", theirs);
        GenericRecord theirsOfOurs =
                this.<GenericRecord>theirDeserializer(false).deserialize("things", ours);
        assertThat(oursOfTheirs).isEqualTo(theirsOfOurs);
        assertThat(oursOfTheirs.get("aString")).isEqualTo(new Utf8((String) value.get("aString")));
    }

    @Provide
    Arbitrary<GenericRecord> everything() {
        return Samples.everything();
    }

    private <T> ConfluentAvroSerde<T> ours(boolean specific) {
        ConfluentAvroSerde<T> serde = new ConfluentAvroSerde<>();
        serde.configure(Samples.mock(SCOPE, specific), false);
        return serde;
    }

    private <T> AvroKafkaSerializer<T> theirSerializer() {
        AvroKafkaSerializer<T> serializer = new AvroKafkaSerializer<>(theirClient());
        serializer.configure(confluentMode(), false);
        return serializer;
    }

    private <T> AvroKafkaDeserializer<T> theirDeserializer(boolean specific) {
        AvroKafkaDeserializer<T> deserializer = new AvroKafkaDeserializer<>(theirClient());
        Map<String, Object> properties = new HashMap<>(confluentMode());
        properties.put("apicurio.registry.use-specific-avro-reader", specific);
        deserializer.configure(properties, false);
        return deserializer;
    }

    private static Map<String, Object> confluentMode() {
        return Map.of(
                "apicurio.registry.as-confluent", true,
                "apicurio.registry.use-id", "contentId",
                "apicurio.registry.headers.enabled", false,
                // Its look-up without registration takes nested schemas out of the schema, which makes it another one.
                "apicurio.registry.auto-register", true,
                "apicurio.registry.dereference-schema", true);
    }

    /** Apicurio's own client, answered from the registry that ours asks. */
    private static RegistryClient theirClient() {
        InvocationHandler answers = (proxy, method, arguments) -> switch (method.getName()) {
            case "createArtifact" -> metaData((String) arguments[1], (InputStream) arguments[6]);
            case "getContentById" -> content((long) arguments[0]);
            case "getArtifactReferencesByContentId" -> List.of();
            default -> throw new UnsupportedOperationException(method.toString());
        };
        return (RegistryClient) Proxy.newProxyInstance(
                RegistryClient.class.getClassLoader(), new Class<?>[] {RegistryClient.class}, answers);
    }

    private static ArtifactMetaData metaData(String subject, InputStream content) throws IOException {
        Schema schema = new Schema.Parser().parse(content);
        ArtifactMetaData metaData = new ArtifactMetaData();
        metaData.setContentId((long) REGISTRY.id(subject, schema).orElseThrow());
        metaData.setGlobalId(999_999L);
        metaData.setId(subject);
        metaData.setVersion("1");
        return metaData;
    }

    private static InputStream content(long id) {
        String text = REGISTRY.schema((int) id).orElseThrow().toString();
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
