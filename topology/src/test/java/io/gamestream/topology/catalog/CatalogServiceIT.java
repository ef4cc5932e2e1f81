package io.gamestream.topology.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.identity.Tier;
import io.gamestream.schemas.identity.User;
import io.gamestream.schemas.identity.UserStatus;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.schemas.views.UserView;
import io.gamestream.topology.streams.StreamsService;
import io.gamestream.topology.streams.ViewStage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real Kafka and a real registry. */
@ExtendWith(StackExtension.class)
class CatalogServiceIT {

    @TempDir
    private static Path stateDir;

    private static Stack stack;
    private static StreamsService service;
    private static Facts facts;

    @BeforeAll
    static void start(Stack shared) throws Exception {
        stack = shared;
        facts = new Facts(stack);
        service = CatalogProcess.inProcess(stack, stateDir);
    }

    @AfterAll
    static void stop() throws Exception {
        facts.close();
        service.close();
    }

    @Test
    void factsBecomeViews() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        User user = new User("it-u1", "neo", "DE", "eu-west", Tier.PLUS, UserStatus.ACTIVE, null, now, now);
        long userLsn = facts.write(TopicCatalogue.USERS, "it-u1", user);
        facts.write(TopicCatalogue.ORDERS, "it-o1", order("it-o1", "it-u1", "it-g1"));
        long last = facts.write(TopicCatalogue.ORDERS, "it-o2", order("it-o2", "it-u1", "it-g1"));
        awaitView(TopicCatalogue.USER_VIEW, UserView.class, "it-u1", view -> assertThat(view.getVersion())
                .isEqualTo(userLsn));
        awaitView(TopicCatalogue.ORDER_VIEW, OrderView.class, "it-o2", view -> assertThat(view.getVersion())
                .isEqualTo(last));
        awaitView(TopicCatalogue.LIBRARY_VIEW, LibraryView.class, "it-u1", view -> {
            assertThat(view.getVersion()).isEqualTo(last);
            assertThat(view.getItems()).hasSize(1);
        });
        awaitView(TopicCatalogue.SALES_VIEW, SalesView.class, "it-g1", view -> assertThat(view)
                .isEqualTo(new SalesView("it-g1", 2L, 2L, Map.of("EUR", 1000L), last)));
    }

    /** Both applications read orders, so both set the record aside, the transactional one in its transaction. */
    @Test
    void poisonGoesToTheDeadLettersAndTheNextFactGoesThrough() throws Exception {
        byte[] poison = "it-poison".getBytes(StandardCharsets.UTF_8);
        facts.send(TopicCatalogue.ORDERS, "it-o3", poison, 1).get();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(stack.kafka(), "dead-letters"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TopicCatalogue.CATALOG_DEAD_LETTERS.name(), 0)));
            consumer.seekToBeginning(consumer.assignment());
            List<byte[]> letters = new ArrayList<>();
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letter -> letters.add(letter.value()));
                assertThat(letters.stream().filter(letter -> Arrays.equals(letter, poison)))
                        .hasSize(2);
            });
        }
        long lsn = facts.write(TopicCatalogue.ORDERS, "it-o3", order("it-o3", "it-u3", "it-g3"));
        awaitView(TopicCatalogue.LIBRARY_VIEW, LibraryView.class, "it-u3", view -> assertThat(view.getVersion())
                .isEqualTo(lsn));
        awaitView(TopicCatalogue.ORDER_VIEW, OrderView.class, "it-o3", view -> assertThat(view.getVersion())
                .isEqualTo(lsn));
    }

    /** What read-your-writes stands on: a reader may wait for a stage's committed offset to reach its input's end. */
    @Test
    void committedOffsetsReachTheEndOfEveryStage() throws Exception {
        facts.write(TopicCatalogue.ORDERS, "it-o4", order("it-o4", "it-u4", "it-g4"));
        facts.flush();
        try (Admin admin = Admin.create(KafkaClients.admin(stack.kafka(), "lineage"))) {
            for (ViewStage stage :
                    CatalogLineage.of(TopicCatalogue.SALES_VIEW.name()).orElseThrow()) {
                await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                    Map<TopicPartition, Long> ends = ends(admin, stage.input());
                    Map<TopicPartition, Long> committed = committed(admin, stage);
                    assertThat(ends.values()).anyMatch(end -> end > 0);
                    ends.forEach((partition, end) -> {
                        if (end > 0) {
                            assertThat(committed).containsEntry(partition, end);
                        }
                    });
                });
            }
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (TopicDescription description :
                admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
            description
                    .partitions()
                    .forEach(info -> partitions.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
        }
        return admin
                .listOffsets(partitions, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static Map<TopicPartition, Long> committed(Admin admin, ViewStage stage) throws Exception {
        return admin.listConsumerGroupOffsets(stage.group()).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(stage.input()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static <T extends SpecificRecord> void awaitView(
            TopicSpec topic, Class<T> type, String key, Consumer<T> check) {
        try (ViewReader<T> reader = new ViewReader<>(stack, topic, type)) {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(reader.latest()).hasEntrySatisfying(key, check));
        }
    }

    private static Order order(String id, String user, String game) {
        return Orders.paid(id, user, 10, Orders.line(game, 1, 500));
    }
}
