package io.gamestream.serving.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private static final Peer A = new Peer("a", 1);
    private static final Peer B = new Peer("b", 1);
    private static final Peer C = new Peer("c", 1);

    private final Vertx vertx = Vertx.vertx();
    private long nanos;

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void theActiveOneComesFirstAndThisOneNever() {
        Routes routes = Routes.of(
                List.of(
                        instance(B, Set.of(1), Set.of(0, 2)),
                        instance(A, Set.of(0), Set.of(1, 2)),
                        instance(C, Set.of(2), Set.of(1))),
                "views");
        assertThat(routes.others(0, B)).containsExactly(A);
        assertThat(routes.others(1, C)).containsExactly(B, A);
        assertThat(routes.others(2, C)).containsExactlyInAnyOrder(A, B);
        assertThat(routes.others(7, C)).isEmpty();
        assertThat(routes.activeElsewhere(0, A)).isFalse();
        assertThat(routes.activeElsewhere(0, B)).isTrue();
        assertThat(routes.activeElsewhere(7, B)).isFalse();
    }

    @Test
    void aSuspectIsAskedLastForAWhile() {
        Suspects suspects = new Suspects(Duration.ofSeconds(1), () -> nanos);
        suspects.suspect(A);
        assertThat(suspects.order(List.of(A, B, C))).containsExactly(B, C, A);
        nanos += Duration.ofMillis(1001).toNanos();
        assertThat(suspects.order(List.of(A, B, C))).containsExactly(A, B, C);
        suspects.suspect(B);
        suspects.trust(B);
        assertThat(suspects.order(List.of(A, B, C))).containsExactly(A, B, C);
    }

    @Test
    void asksTheNextAtOnceWhenOneFails() throws Exception {
        List<Supplier<Future<String>>> candidates =
                List.of(() -> Future.failedFuture("dead"), () -> Future.succeededFuture("second"));
        assertThat(race(60_000, candidates)).isEqualTo("second");
    }

    @Test
    void asksTheNextWhenOneIsSilentAndTakesWhoeverAnswersFirst() throws Exception {
        Promise<String> silent = Promise.promise();
        assertThat(race(20, List.of(silent::future, () -> Future.succeededFuture("hedge"))))
                .isEqualTo("hedge");
        Promise<String> slow = Promise.promise();
        List<Supplier<Future<String>>> candidates = new ArrayList<>();
        candidates.add(slow::future);
        candidates.add(() -> {
            slow.complete("slow after all");
            return Promise.<String>promise().future();
        });
        assertThat(race(20, candidates)).isEqualTo("slow after all");
    }

    @Test
    void doesNotAskMoreThanItMust() throws Exception {
        List<String> asked = new ArrayList<>();
        List<Supplier<Future<String>>> candidates = List.of(() -> Future.succeededFuture("first"), () -> {
            asked.add("second");
            return Future.succeededFuture("second");
        });
        assertThat(race(1, candidates)).isEqualTo("first");
        assertThat(asked).isEmpty();
    }

    @Test
    void failsWhenAllHaveFailed() {
        Future<String> nobody = Race.run(vertx, 10, List.of());
        assertThat(nobody.failed()).isTrue();
        Future<String> all =
                Race.run(vertx, 10, List.of(() -> Future.failedFuture("a"), () -> Future.failedFuture("b")));
        assertThat(all.failed()).isTrue();
        assertThat(all.cause()).hasMessage("b");
    }

    private String race(long hedgeAfterMillis, List<Supplier<Future<String>>> candidates) throws Exception {
        Promise<String> done = Promise.promise();
        vertx.runOnContext(now -> Race.run(vertx, hedgeAfterMillis, candidates).onComplete(done));
        return done.future().await(5, TimeUnit.SECONDS);
    }

    private static StreamsMetadata instance(Peer peer, Set<Integer> active, Set<Integer> standby) {
        return new Instance(new HostInfo(peer.host(), peer.port()), partitions(active), partitions(standby));
    }

    private static Set<TopicPartition> partitions(Set<Integer> numbers) {
        return numbers.stream()
                .map(number -> new TopicPartition("views", number))
                .collect(java.util.stream.Collectors.toSet());
    }

    private record Instance(
            HostInfo hostInfo, Set<TopicPartition> topicPartitions, Set<TopicPartition> standbyTopicPartitions)
            implements StreamsMetadata {

        @Override
        public Set<String> stateStoreNames() {
            return Set.of();
        }

        @Override
        public Set<String> standbyStateStoreNames() {
            return Set.of();
        }

        @Override
        public String host() {
            return hostInfo.host();
        }

        @Override
        public int port() {
            return hostInfo.port();
        }
    }
}
