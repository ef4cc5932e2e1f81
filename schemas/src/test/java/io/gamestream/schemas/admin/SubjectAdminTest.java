package io.gamestream.schemas.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.identity.User;
import io.gamestream.schemas.registry.InMemoryRegistry;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubjectAdminTest {

    private final InMemoryRegistry registry = InMemoryRegistry.scope("subject-admin-test");

    @AfterEach
    void forget() {
        InMemoryRegistry.drop("subject-admin-test");
    }

    @Test
    void registersEachSchemaAndItsRuleOnce() {
        SubjectAdmin.apply(registry, TopicCatalogue.all());

        assertThat(registry.subjects()).contains("identity.users.v1-value", "views.sales.v1-value");
        assertThat(registry.compatibility("identity.users.v1-value")).contains("BACKWARD_TRANSITIVE");
        assertThat(SubjectAdmin.apply(registry, TopicCatalogue.all())).isEmpty();
        assertThat(SubjectAdmin.diff(registry, TopicCatalogue.all())).isEmpty();
    }

    @Test
    void addsANewVersion() {
        TopicSpec first = TopicCatalogue.USERS;
        Schema grown =
                SchemaBuilder.record("User").fields().requiredString("id").endRecord();
        TopicSpec second = new TopicSpec(
                first.name(), first.key(), grown, 4, first.cleanup(), null, first.owner(), first.meaning());
        SubjectAdmin.apply(registry, List.of(first));

        assertThat(SubjectAdmin.diff(registry, List.of(second)))
                .extracting(Difference::toString)
                .containsExactly("identity.users.v1-value: schema User is not registered");
        assertThat(SubjectAdmin.apply(registry, List.of(second)))
                .containsExactly("registered User under subject identity.users.v1-value with id 2");
    }

    @Test
    void keepsTheSchemaFreeOfJavasOwnAnnotations() {
        SubjectAdmin.apply(registry, List.of(TopicCatalogue.USERS));

        assertThat(User.getClassSchema().toString()).contains("avro.java.string");
        assertThat(registry.schema(1).orElseThrow().toString())
                .contains("identity")
                .doesNotContain("avro.java.string");
    }
}
