package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders that can't go on by themselves. */
class ParkedOrdersTest {

    private final Saga saga = Saga.placed();

    @Test
    void aCallThatWasNotExecutedBacksOffIsReadWhenItsKeyIsOldAndIsParkedInTheEnd() {
        int issues = 0;
        while (saga.view().getStatus() != OrderState.PARKED) {
            boolean read = saga.command().getKind() == OperationKind.SYNC;
            saga.answer(read ? PspOutcome.NOT_FOUND : PspOutcome.NOT_EXECUTED);
            if (saga.timers().containsKey(TimerKind.REISSUE)) {
                // Expiry comes first in real life; here it is left alone, so that the end of the tries is seen.
                saga.fire(TimerKind.REISSUE);
            }
            assertThat(++issues).isLessThan(30);
        }
        assertThat(saga.commands.subList(0, 15))
                .extracting(PspCommand::getOperationId)
                .containsOnly("o1:create:1");
        assertThat(saga.commands.subList(15, saga.commands.size()))
                .extracting(PspCommand::getOperationId)
                .containsExactly("o1:sync:1", "o1:create:2");
        assertThat(saga.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.getStatus()).isEqualTo(DeadLetterStatus.OPEN);
            assertThat(letter.getCause()).isEqualTo(ParkCause.EXHAUSTED);
            assertThat(letter.getWhatToDo()).contains("replay");
            assertThat(letter.getHistory()).anyMatch(line -> line.contains("o1:create:1"));
        });
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void aReplayGoesOnUnderTheSameIdAndASecondOneChangesNothing() {
        aCallThatWasNotExecutedBacksOffIsReadWhenItsKeyIsOldAndIsParkedInTheEnd();
        String letter = saga.deadLetters.get(0).getDeadLetterId();

        saga.replay(letter);

        assertThat(saga.view().getStatus()).isEqualTo(OrderState.AWAITING_PAYMENT);
        assertThat(saga.deadLetters.get(1).getStatus()).isEqualTo(DeadLetterStatus.RESOLVED);
        assertThat(saga.replay(letter)).isEqualTo(Decision.NOTHING);
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:create:2");
        assertThat(saga.command().getIssue()).isEqualTo(2);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.replay(letter)).isEqualTo(Decision.NOTHING);
    }

    @Test
    void aLateRefundThatKeepsFailingIsParked() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        saga.fire(TimerKind.EXPIRY);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.CANCELED));
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        for (int i = 0; i < 3; i++) {
            saga.answer(PspOutcome.REFUSED);
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.REFUND)
                .hasSize(3);
        assertThat(saga.replay("another letter")).isEqualTo(Decision.NOTHING);
        saga.replay(saga.view().getDeadLetterId());
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:4");
    }

    /** It is told once, maybe: nothing else may come that has the order looked at again. */
    @Test
    void moneyThatComesLateToAnOrderThatIsParkedGoesBackWhenThatSettlesIt() {
        for (PspOutcome cancel : List.of(PspOutcome.NOT_EXECUTED, PspOutcome.REFUSED, PspOutcome.KEY_REUSED)) {
            Saga late = Saga.placed();
            late.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
            late.fire(TimerKind.EXPIRY);
            late.answer(cancel);
            for (int i = 0; late.view().getStatus() != OrderState.PARKED; i++) {
                assertThat(i).isLessThan(60);
                late.fire(late.timers().containsKey(TimerKind.REISSUE) ? TimerKind.REISSUE : TimerKind.READ);
                boolean read = late.command().getKind() == OperationKind.SYNC;
                late.answer(read ? PspOutcome.UNKNOWN : cancel);
            }
            late.tell(Payments.intent(PspStatus.SUCCEEDED));
            assertThat(late.view().getPayment()).as("%s", cancel).isEqualTo(PaymentState.LATE_CAPTURED);
            assertThat(late.command().getKind()).as("%s", cancel).isEqualTo(OperationKind.REFUND);
            late.giveBack();
            assertThat(late.view().getStatus()).as("%s", cancel).isEqualTo(OrderState.REFUNDED);
            assertThat(late.deadLetters)
                    .extracting(letter -> letter.getStatus())
                    .containsExactly(DeadLetterStatus.OPEN, DeadLetterStatus.RESOLVED);
        }
    }

    @Test
    void aWrongAmountGivesNothingAwayAndIsParked() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 1));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.CONFLICTED);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
        assertThat(saga.entitlements).isEmpty();
        assertThat(saga.balance(LedgerRules.SUSPENSE)).isEqualTo(-1);
        assertThat(saga.balance(LedgerRules.REVENUE)).isZero();
        assertThat(saga.replay(saga.deadLetters.get(0).getDeadLetterId())).isEqualTo(Decision.NOTHING);
    }

    @Test
    void aConflictIsSettledByGivingTheMoneyBack() {
        aWrongAmountGivesNothingAwayAndIsParked();
        saga.ask(Payments.refund("r1"));
        assertThat(saga.command().getAmountMinor()).isEqualTo(1);
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded("re_1", PspStatus.SUCCEEDED, 1, saga.command().getOperationId()));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.deadLetters)
                .extracting(letter -> letter.getStatus())
                .containsExactly(DeadLetterStatus.OPEN, DeadLetterStatus.RESOLVED);
    }

    @Test
    void anotherCurrencyOrASecondIntentIsAConflict() {
        saga.tell(currency("USD"));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.CONFLICTED);
        Saga twice = Saga.placed();
        twice.tell(Payments.intent(PspStatus.SUCCEEDED));
        twice.tell(Payments.fact(PspObject.INTENT, "pi_2", PspStatus.SUCCEEDED, Payments.TOTAL));
        assertThat(twice.view().getPayment()).isEqualTo(PaymentState.CONFLICTED);
        assertThat(twice.grants()).as("what was paid for").containsOnly(GrantState.ACTIVE);
    }

    @Test
    void aSecondChargeKeepsTheOrderParkedWhenOneOfThemIsGivenBack() {
        saga.complete();
        saga.tell(Payments.fact(PspObject.INTENT, "pi_2", PspStatus.SUCCEEDED, Payments.TOTAL));
        saga.ask(Payments.refund("r1"));
        saga.giveBack();
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
        assertThat(saga.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.getStatus()).isEqualTo(DeadLetterStatus.OPEN);
            assertThat(letter.getWhatToDo()).contains("refund the other charges at the PSP");
        });
    }

    @Test
    void oneThatIsParkedAgainAsItIsReplayedHasOneOpenLetter() {
        saga.answer(PspOutcome.REFUSED);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
        saga.tell(Payments.intent(PspStatus.REQUIRES_PAYMENT_METHOD, Payments.TOTAL - 1, 0));
        saga.replay("o1:parked:1");
        assertThat(saga.deadLetters)
                .extracting(letter -> letter.getDeadLetterId() + " " + letter.getStatus())
                .containsExactly("o1:parked:1 OPEN", "o1:parked:1 RESOLVED", "o1:parked:2 OPEN");
    }

    @Test
    void aPoisonedOrderIsParkedAndNothingIsCharged() {
        Saga bad = new Saga();
        OrderCommand command = Payments.place();
        command.setTotalMinor(1L);
        bad.ask(command);
        assertThat(bad.view().getStatus()).isEqualTo(OrderState.PARKED);
        assertThat(bad.deadLetters.get(0).getCause()).isEqualTo(ParkCause.POISON);
        assertThat(bad.deadLetters.get(0).getMessage()).contains("total 1 (expected: 2998");
        assertThat(bad.commands).isEmpty();
        assertThat(bad.replay("o1:parked:1")).isEqualTo(Decision.NOTHING);
    }

    @Test
    void factsWaitForTheirOrderAndAreParkedWhenItNeverComes() {
        Saga early = new Saga();
        early.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(early.view().getStatus()).isEqualTo(OrderState.UNPLACED);
        early.fire(TimerKind.ORPHAN);
        assertThat(early.view().getStatus()).isEqualTo(OrderState.PARKED);
        early.ask(Payments.place());
        assertThat(early.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(early.commands).as("it is paid already").isEmpty();
        assertThat(early.deadLetters)
                .extracting(letter -> letter.getStatus())
                .containsExactly(DeadLetterStatus.OPEN, DeadLetterStatus.RESOLVED);
        assertThat(early.balance(LedgerRules.SUSPENSE)).isZero();
        assertThat(early.balance(LedgerRules.REVENUE)).isEqualTo(-Payments.TOTAL);
    }

    @Test
    void aRefusedCreationIsParkedAndAReplayTriesUnderANewIdSinceTheOldOneIsKnownToHaveFailed() {
        saga.answer(PspOutcome.REFUSED);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
        saga.replay("o1:parked:1");
        assertThat(saga.command().getOperationId()).isEqualTo("o1:create:2");
    }

    @Test
    void aReusedKeyIsParkedAndAReplayOnlyReads() {
        saga.answer(PspOutcome.KEY_REUSED);
        assertThat(saga.deadLetters.get(0).getCause()).isEqualTo(ParkCause.KEY_REUSED);
        saga.replay("o1:parked:1");
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
    }

    private static PspFact currency(String currency) {
        PspFact fact = Payments.intent(PspStatus.SUCCEEDED);
        fact.setCurrency(currency);
        return fact;
    }
}
