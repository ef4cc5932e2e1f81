package io.gamestream.topology.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        Map<Long, CoordinatorRecord> known = Map.of(7L, ongoing(PARTITION));
        assertThat(round(0, List.of(OPEN), known)).isEmpty();
        assertThat(round(60_000, List.of(OPEN), known)).isEmpty();
        assertThat(suspicions.size()).isZero();
    }

    @Test
    void aTransactionOfTheSameProducerElsewhereIsNoExcuse() {
        Map<Long, CoordinatorRecord> known = Map.of(7L, ongoing(new TopicPartition("views", 1)));
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
        round(1_000, List.of(OPEN), Map.of(7L, ongoing(PARTITION)));
        assertThat(round(2_000, List.of(OPEN), Map.of())).isEmpty();
        assertThat(round(4_000, List.of(OPEN), Map.of())).containsExactly(OPEN);
    }

    @Test
    void aRoundThatFailedBeginsAnew() {
        round(0, List.of(OPEN), Map.of());
        suspicions.forget();
        assertThat(round(2_000, List.of(OPEN), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE_ABORT, 4, ABORTED",
        "COMPLETE_COMMIT, 4, COMMITTED",
        "COMPLETE_ABORT, 5, FORGOTTEN",
        "COMPLETE_COMMIT, 5, FORGOTTEN",
        "EMPTY, 5, FORGOTTEN",
        "ONGOING, 4, FORGOTTEN"
    })
    void onlyWhatWasNotCommittedForCertainMayBeAborted(TransactionState state, int epoch, Hanging.Outcome outcome) {
        Map<Long, CoordinatorRecord> known = Map.of(7L, new CoordinatorRecord(state, epoch, Set.of()));
        suspicions.hanging(List.of(OPEN), known, 0);
        assertThat(suspicions.hanging(List.of(OPEN), known, TimeUnit.SECONDS.toNanos(2)))
                .containsExactly(new Hanging(OPEN, outcome));
    }

    /** After 32,766 transactions a producer has another id, and the coordinator is asked for one that it had. */
    @Test
    void whatMayBeKnownUnderAnotherIdIsNotUnknown() {
        OpenTransaction last = new OpenTransaction(PARTITION, 7, (short) (Short.MAX_VALUE - 2), 1, 40);
        suspicions.hanging(List.of(last), Map.of(), 0);
        assertThat(suspicions.hanging(List.of(last), Map.of(), TimeUnit.SECONDS.toNanos(2)))
                .containsExactly(new Hanging(last, Hanging.Outcome.FORGOTTEN));
    }

    private static CoordinatorRecord ongoing(TopicPartition partition) {
        return new CoordinatorRecord(TransactionState.ONGOING, 3, Set.of(partition));
    }

    private List<OpenTransaction> round(long ms, List<OpenTransaction> open, Map<Long, CoordinatorRecord> known) {
        return suspicions.hanging(open, known, TimeUnit.MILLISECONDS.toNanos(ms)).stream()
                .map(Hanging::transaction)
                .toList();
    }
}
