package io.gamestream.schemas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.TopicSpec.Cleanup;
import io.gamestream.schemas.admin.Difference.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Against Kafka's own in-memory cluster; the same against a broker is in the tests of {@code infra/local}. */
class TopicAdminTest {

    private static final TopicSpec LOG = new TopicSpec(
            "shop.visits.v1", "visitor", null, 2, Cleanup.DELETE, Duration.ofDays(3), "shop", "Every visit");

    private final MockAdminClient admin = MockAdminClient.create().numBrokers(1).build();

    @Test
    void createsTheCatalogueAndThenFindsNothingToDo() {
        List<String> done = TopicAdmin.apply(admin, TopicCatalogue.all(), (short) 1);

        assertThat(done)
                .hasSameSizeAs(TopicCatalogue.all())
                .contains("created topic identity.users.v1 with 4 partition(s)");
        assertThat(TopicAdmin.diff(admin, TopicCatalogue.all())).isEmpty();
        assertThat(TopicAdmin.apply(admin, TopicCatalogue.all(), (short) 1)).isEmpty();
    }

    @Test
    void setsAConfigurationThatDiffers() {
        existing(LOG.name(), 2, Map.of("cleanup.policy", "compact", "retention.ms", "259200000"));

        assertThat(TopicAdmin.apply(admin, List.of(LOG), (short) 1))
                .containsExactly(
                        "set cleanup.policy of topic shop.visits.v1 to delete (was: compact)",
                        "set max.message.bytes of topic shop.visits.v1 to 10485760 (was: unset)");
        assertThat(TopicAdmin.diff(admin, List.of(LOG))).isEmpty();
    }

    @Test
    void tellsAboutAnotherNumberOfPartitionsAndLeavesIt() {
        existing(LOG.name(), 3, TopicConfigs.of(LOG, 1));

        assertThat(TopicAdmin.apply(admin, List.of(LOG), (short) 1)).isEmpty();
        assertThat(TopicAdmin.diff(admin, List.of(LOG)))
                .extracting(Difference::toString)
                .containsExactly("shop.visits.v1: partitions is 3 (expected: 2)");
    }

    @Test
    void tellsAboutTopicsOfOurDomainsThatItDoesNotKnow() {
        TopicAdmin.apply(admin, List.of(LOG), (short) 1);
        existing("shop.forgotten.v1", 1, Map.of());
        existing("theirs.topic.v1", 1, Map.of());
        existing("shop-repartition", 1, Map.of());

        assertThat(TopicAdmin.diff(admin, List.of(LOG)))
                .extracting(Difference::kind, Difference::name)
                .containsExactly(tuple(Kind.TOPIC_UNKNOWN, "shop.forgotten.v1"));
        assertThat(TopicAdmin.apply(admin, List.of(LOG), (short) 1)).isEmpty();
    }

    @Test
    void wantsTwoReplicasInSyncOnceThereAreThree() {
        assertThat(TopicConfigs.of(LOG, 3)).contains(entry("min.insync.replicas", "2"));
        assertThat(TopicConfigs.of(LOG, 1)).doesNotContainKey("min.insync.replicas");
    }

    @Test
    void keepsForEverWhatHasNoRetention() {
        assertThat(TopicConfigs.of(TopicCatalogue.PLAYS, 1)).contains(entry("retention.ms", "-1"));
        assertThat(TopicConfigs.of(TopicCatalogue.USERS, 1))
                .contains(entry("cleanup.policy", "compact"))
                .doesNotContainKey("retention.ms");
    }

    private void existing(String name, int partitions, Map<String, String> configs) {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs)));
    }
}
