package io.gamestream.topology.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SuspicionsTest {

    private static final TopicPartition PARTITION = new TopicPartition("views", 2);
    private static final OpenTransaction OPEN = new OpenTransaction(PARTITION, 7, (short) 3, 1, 40);

    private final Suspicions suspicions = new Suspicions(Duration.ofSeconds(2));

    @Test
    void whatNoCoordinatorKnowsForLongEnoughIsHanging() {
        assertThat(round(0, List.of(OPEN), Map.of())).isEmpty();
        assertThat(round(1_999, List.of(OPEN), Map.of())).isEmpty();
        assertThat(round(2_000, List.of(OPEN), Map.of())).containsExactly(OPEN);
    }

    @Test
    void whatACoordinatorKnowsIsLeftAlone() {
        Map<Long, Set<TopicPartition>> known = Map.of(7L, Set.of(PARTITION));
        assertThat(round(0, List.of(OPEN), known)).isEmpty();
        assertThat(round(60_000, List.of(OPEN), known)).isEmpty();
        assertThat(suspicions.size()).isZero();
    }

    @Test
    void aTransactionOfTheSameProducerElsewhereIsNoExcuse() {
        Map<Long, Set<TopicPartition>> known = Map.of(7L, Set.of(new TopicPartition("views", 1)));
        round(0, List.of(OPEN), known);
        assertThat(round(2_000, List.of(OPEN), known)).containsExactly(OPEN);
    }

    /** One that was only seen half ended, and the next of the same producer, are not one that hangs. */
    @Test
    void theNextTransactionOfAProducerIsAnotherOne() {
        round(0, List.of(OPEN), Map.of());
        OpenTransaction next = new OpenTransaction(PARTITION, 7, (short) 4, 1, 44);
        assertThat(round(2_000, List.of(next), Map.of())).isEmpty();
    }

    @Test
    void whatACoordinatorKnewOnceBeginsAnew() {
        round(0, List.of(OPEN), Map.of());
        round(1_000, List.of(OPEN), Map.of(7L, Set.of(PARTITION)));
        assertThat(round(2_000, List.of(OPEN), Map.of())).isEmpty();
        assertThat(round(4_000, List.of(OPEN), Map.of())).containsExactly(OPEN);
    }

    @Test
    void aRoundThatFailedBeginsAnew() {
        round(0, List.of(OPEN), Map.of());
        suspicions.forget();
        assertThat(round(2_000, List.of(OPEN), Map.of())).isEmpty();
    }

    private List<OpenTransaction> round(long ms, List<OpenTransaction> open, Map<Long, Set<TopicPartition>> known) {
        return suspicions.hanging(open, known, TimeUnit.MILLISECONDS.toNanos(ms));
    }
}
