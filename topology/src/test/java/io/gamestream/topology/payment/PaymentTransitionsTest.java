package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.topology.payment.PaymentTransitions.AttemptSignal;
import io.gamestream.topology.payment.PaymentTransitions.OperationSignal;
import io.gamestream.topology.payment.PaymentTransitions.OrderSignal;
import io.gamestream.topology.payment.PaymentTransitions.PaymentSignal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every cell of the table, and what must hold of the table as a whole. */
class PaymentTransitionsTest {

    /** Money that has arrived is never forgotten, whatever is said afterwards. */
    private static final Set<PaymentState> MONEY =
            EnumSet.of(PaymentState.CAPTURED, PaymentState.LATE_CAPTURED, PaymentState.CONFLICTED);

    @TestFactory
    Stream<DynamicTest> everyCellOfOrder() {
        return cells(PaymentTransitions.ORDER, OrderSignal.values());
    }

    @TestFactory
    Stream<DynamicTest> everyCellOfPayment() {
        return cells(PaymentTransitions.PAYMENT, PaymentSignal.values());
    }

    @TestFactory
    Stream<DynamicTest> everyCellOfAttempt() {
        return cells(PaymentTransitions.ATTEMPT, AttemptSignal.values());
    }

    @TestFactory
    Stream<DynamicTest> everyCellOfOperation() {
        return cells(PaymentTransitions.OPERATION, OperationSignal.values());
    }

    /** A state of the level comes out, and the signal repeated changes nothing more. */
    private static <S extends Enum<S>, G extends Enum<G>> Stream<DynamicTest> cells(
            TransitionTable<S, G> table, G[] signals) {
        return table.states().stream().flatMap(from -> Arrays.stream(signals)
                .map(signal -> DynamicTest.dynamicTest(from + " x " + signal, () -> {
                    S to = table.next(from, signal);
                    assertThat(table.states()).contains(to);
                    assertThat(table.next(to, signal)).as("repeated").isEqualTo(to);
                })));
    }

    @Test
    void everyStateIsReachedFromTheFirst() {
        assertThat(reached(PaymentTransitions.ORDER, OrderState.UNPLACED, OrderSignal.values()))
                .isEqualTo(PaymentTransitions.ORDER.states());
        assertThat(reached(PaymentTransitions.PAYMENT, PaymentState.NEW, PaymentSignal.values()))
                .isEqualTo(PaymentTransitions.PAYMENT.states());
        assertThat(reached(PaymentTransitions.ATTEMPT, AttemptState.STARTED, AttemptSignal.values()))
                .isEqualTo(PaymentTransitions.ATTEMPT.states());
        assertThat(reached(PaymentTransitions.OPERATION, OperationState.REQUESTED, OperationSignal.values()))
                .isEqualTo(PaymentTransitions.OPERATION.states());
    }

    @Test
    void moneyIsNeverForgotten() {
        for (PaymentState state : MONEY) {
            for (PaymentSignal signal : PaymentSignal.values()) {
                assertThat(MONEY).contains(PaymentTransitions.PAYMENT.next(state, signal));
            }
        }
    }

    @Test
    void successBeatsEveryFailureThatWeDidNotAskFor() {
        for (PaymentState state : EnumSet.complementOf(EnumSet.of(
                PaymentState.UNKNOWN,
                PaymentState.CANCEL_REQUESTED,
                PaymentState.LATE_CAPTURED,
                PaymentState.CONFLICTED))) {
            assertThat(PaymentTransitions.PAYMENT.next(state, PaymentSignal.CAPTURED))
                    .isEqualTo(PaymentState.CAPTURED);
        }
    }

    @Test
    void anUnknownOutcomeIsLeftByKnowingOnly() {
        for (OperationSignal signal : OperationSignal.values()) {
            assertThat(PaymentTransitions.OPERATION.next(OperationState.OUTCOME_UNKNOWN, signal))
                    .isEqualTo(
                            switch (signal) {
                                case NOT_EXECUTED, REISSUED, LOST -> OperationState.OUTCOME_UNKNOWN;
                                case FAILED -> OperationState.FAILED;
                                case EXECUTED -> OperationState.EXECUTED;
                            });
        }
    }

    @Test
    void attemptsNeverGoBack() {
        PaymentTransitions.ATTEMPT.moves().forEach(row -> assertThat(AttemptState.valueOf(row.to()))
                .isGreaterThan(AttemptState.valueOf(row.from())));
    }

    @Test
    void aStateOfAnotherLevelIsRefused() {
        assertThatThrownBy(() -> PaymentTransitions.ORDER.next(OrderState.UNKNOWN, OrderSignal.PLACED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ORDER can't be UNKNOWN");
    }

    @Test
    void anEmptyCellIsNoticed() {
        assertThatThrownBy(() -> TransitionTable.of(
                                "T", AttemptState.class, AttemptSignal.class, EnumSet.of(AttemptState.STARTED))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("T: nothing is said of");
    }

    private static <S extends Enum<S>, G extends Enum<G>> Set<S> reached(
            TransitionTable<S, G> table, S first, G[] signals) {
        Set<S> reached = new HashSet<>(List.of(first));
        Deque<S> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            S from = open.remove();
            Set<S> next = Arrays.stream(signals)
                    .map(signal -> table.next(from, signal))
                    .collect(Collectors.toSet());
            next.stream().filter(reached::add).forEach(open::add);
        }
        return reached;
    }
}
