package io.gamestream.local.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.admin.Difference;
import io.gamestream.schemas.admin.SubjectAdmin;
import io.gamestream.schemas.admin.TopicAdmin;
import io.gamestream.schemas.registry.RegistryException;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import io.gamestream.schemas.serde.ConfluentAvroDeserializer;
import io.gamestream.schemas.serde.ConfluentAvroSerializer;
import io.gamestream.schemas.sessions.Play;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Serde, registry client and admin against a live registry and broker, and beside Apicurio's own serde. */
@ExtendWith(StackExtension.class)
class RegistryInteropIT {

    private static final String TOPIC = TopicCatalogue.PLAYS.name();
    private static final Play PLAY = Play.newBuilder()
            .setId("p1")
            .setUserId("u1")
            .setGameId("g1")
            .setPlayedSeconds(3_600)
            .setEndedAt(Instant.parse("2026-03-01T12:00:00.123456Z"))
            .build();

    private final Stack stack;
    private final String noun = "it" + UUID.randomUUID();

    RegistryInteropIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void ourRecordsAreApicuriosAndItsAreOurs() {
        assumeThat(stack.registry().properties())
                .as("Apicurio's client is given no certificates here")
                .isEmpty();
        ConfluentAvroSerializer<Play> ourSerializer = new ConfluentAvroSerializer<>();
        ourSerializer.configure(stack.registry().serdeProperties(), false);
        ConfluentAvroDeserializer<Play> ourDeserializer = new ConfluentAvroDeserializer<>();
        ourDeserializer.configure(stack.registry().serdeProperties(), false);
        try (AvroKafkaSerializer<Play> theirSerializer = new AvroKafkaSerializer<>();
                AvroKafkaDeserializer<Play> theirDeserializer = new AvroKafkaDeserializer<>()) {
            theirSerializer.configure(confluentMode(), false);
            theirDeserializer.configure(confluentMode(), false);

            byte[] ours = ourSerializer.serialize(TOPIC, PLAY);
            byte[] theirs = theirSerializer.serialize(TOPIC, PLAY);

            assertThat(ours).isEqualTo(theirs);
            assertThat(theirDeserializer.deserialize(TOPIC, ours)).isEqualTo(PLAY);
            assertThat(ourDeserializer.deserialize(TOPIC, theirs)).isEqualTo(PLAY);
        }
    }

    @Test
    void theRegistryHoldsOurRuleAgainstABreak() {
        SchemaRegistryClient registry = registry();
        Schema first = SchemaBuilder.record("R").fields().requiredLong("n").endRecord();
        Schema broken = SchemaBuilder.record("R").fields().requiredString("n").endRecord();
        SubjectAdmin.apply(registry, List.of(topic(first, 1)));

        assertThat(SubjectAdmin.diff(registry, List.of(topic(first, 1)))).isEmpty();
        assertThatThrownBy(() -> SubjectAdmin.apply(registry, List.of(topic(broken, 1))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll("schema R was refused", noun, "409");
    }

    @Test
    void aBrokersTopicsAreMadeAsTheySayAndMendedButNeverMoved() throws Exception {
        TopicSpec topic = topic(null, 2);
        try (Admin admin = Admin.create(stack.kafka().clientProperties())) {
            assertThat(ours(TopicAdmin.diff(admin, List.of(topic)))).containsExactly(topic.name() + ": missing");
            assertThat(TopicAdmin.apply(admin, List.of(topic), (short) 1)).hasSize(1);
            await().untilAsserted(() ->
                    assertThat(ours(TopicAdmin.diff(admin, List.of(topic)))).isEmpty());

            spoil(admin, topic);
            // The controller has answered; the broker that is asked next follows a moment later.
            await().untilAsserted(() -> assertThat(ours(TopicAdmin.diff(admin, List.of(topic))))
                    .containsExactly(topic.name() + ": cleanup.policy is delete (expected: compact)"));
            assertThat(TopicAdmin.apply(admin, List.of(topic), (short) 1)).hasSize(1);
            await().untilAsserted(() -> assertThat(ours(TopicAdmin.diff(admin, List.of(topic, topic(null, 3)))))
                    .containsExactly(topic.name() + ": partitions is 2 (expected: 3)"));
            assertThat(TopicAdmin.apply(admin, List.of(topic(null, 3)), (short) 1))
                    .isEmpty();

            String other = "it-schemas.other-" + noun + ".v1";
            admin.createTopics(List.of(new NewTopic(other, 1, (short) 1))).all().get();
            await().untilAsserted(() -> assertThat(TopicAdmin.diff(admin, List.of(topic)))
                    .extracting(Difference::toString)
                    .contains(other + ": not in the catalogue"));
        }
    }

    private static void spoil(Admin admin, TopicSpec topic) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }

    /** Differences of the topic under test; what others have made under the same domain is not of interest. */
    private List<String> ours(List<Difference> differences) {
        return differences.stream()
                .map(Difference::toString)
                .filter(line -> line.startsWith("it-schemas." + noun))
                .toList();
    }

    private TopicSpec topic(@Nullable Schema schema, int partitions) {
        return new TopicSpec(
                "it-schemas." + noun + ".v1",
                "id",
                schema,
                partitions,
                TopicSpec.Cleanup.COMPACT,
                null,
                "it",
                "A topic of a test");
    }

    private SchemaRegistryClient registry() {
        return SchemaRegistryClient.create(stack.registry().serdeProperties());
    }

    private Map<String, Object> confluentMode() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("apicurio.registry.url", stack.registry().url().replace("/ccompat/v7", "/registry/v2"));
        properties.put("apicurio.registry.as-confluent", true);
        properties.put("apicurio.registry.use-id", "contentId");
        properties.put("apicurio.registry.headers.enabled", false);
        properties.put("apicurio.registry.find-latest", true);
        properties.put("apicurio.registry.use-specific-avro-reader", true);
        return properties;
    }
}
