package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentEventType;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PostingKind;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentMachineTest {

    private final Saga saga = Saga.placed();

    @Test
    void aPurchaseThatSucceedsIsCompletedInOneAnswer() {
        assertThat(saga.command().getOperationId()).isEqualTo("o1:create:1");
        assertThat(saga.command().getAmountMinor()).isEqualTo(Payments.TOTAL);

        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED), Payments.fee("txn_1", 117));

        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.events)
                .extracting(PaymentEvent::getType)
                .containsExactly(
                        PaymentEventType.OrderCreated,
                        PaymentEventType.PaymentSucceeded,
                        PaymentEventType.PurchaseCompleted,
                        PaymentEventType.OrderCompleted);
        assertThat(saga.notifications).extracting(Notification::getTemplate).containsExactly("receipt");
        assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        assertThat(saga.balance(LedgerRules.CLEARING)).isEqualTo(Payments.TOTAL - 117);
        assertThat(saga.balance(LedgerRules.REVENUE)).isEqualTo(-Payments.TOTAL);
        assertThat(saga.timers()).isEmpty();
        assertThat(JournalRules.problem(saga.journal)).isEmpty();
    }

    @Test
    void aFeeInAnotherCurrencyIsPostedThoughNoSumOfTheOrderChanges() {
        saga.complete();
        PspFact fee = Payments.fee("txn_1", 117);
        fee.setCurrency("USD");
        Decision decision = saga.tell(fee);
        assertThat(decision.postings()).singleElement().satisfies(posting -> {
            assertThat(posting.getKind()).isEqualTo(PostingKind.FEE);
            assertThat(posting.getCurrency()).isEqualTo("USD");
            assertThat(posting.getSeq()).isEqualTo(saga.view().getSeq());
        });
        assertThat(saga.view().getFeesMinor()).isZero();
        assertThat(saga.tell(fee).postings()).as("repeated").isEmpty();
        assertThat(JournalRules.problem(saga.journal)).isEmpty();
    }

    @Test
    void aSoftDeclineConfirmsTheSameIntentUnderANewId() {
        saga.answer(PspOutcome.DECLINED, Payments.declined("processing_error"));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.RETRY_SCHEDULED);
        saga.fire(TimerKind.RETRY);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:confirm:1");
        assertThat(saga.command().getIntentId()).isEqualTo(Payments.INTENT);
        assertThat(saga.command().getAttempt()).isEqualTo(2);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void aLateFailureOfTheFirstAttemptDoesNotFailTheSecond() {
        saga.answer(PspOutcome.DECLINED, Payments.declined("processing_error"));
        saga.fire(TimerKind.RETRY);
        saga.tell(Payments.by("o1:create:1", Payments.declined("stolen_card")));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.PROCESSING);
        saga.tell(Payments.declined("stolen_card"));
        assertThat(saga.view().getPayment())
                .as("without a name it only makes us read")
                .isEqualTo(PaymentState.PROCESSING);
        assertThat(saga.timers()).containsKey(TimerKind.READ);
    }

    @Test
    void anInteractiveOrderIsNotRetriedForDays() {
        saga.answer(PspOutcome.DECLINED, Payments.declined("insufficient_funds"));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PAYMENT_FAILED);
        assertThat(saga.view().getProblem()).isEqualTo("insufficient_funds");
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void anOffSessionOrderIs() {
        Saga off = new Saga();
        off.ask(Payments.place(CaptureMode.AUTOMATIC, CustomerPresence.OFF_SESSION));
        off.answer(PspOutcome.DECLINED, Payments.declined("insufficient_funds"));
        assertThat(off.timers().get(TimerKind.RETRY))
                .isEqualTo(off.now + Duration.ofDays(1).toMillis());
    }

    @Test
    void aThiefIsNotToldWhy() {
        saga.answer(PspOutcome.DECLINED, Payments.declined("stolen_card"));
        assertThat(saga.view().getProblem()).isEqualTo("card_declined");
        assertThat(saga.journal.toString()).doesNotContain("stolen");
    }

    @Test
    void aFreeOrderNeedsNoPsp() {
        Saga free = new Saga();
        OrderCommand command = Payments.place();
        command.setLines(List.of(new OrderLine("g1", 1, 0L)));
        command.setTotalMinor(0L);
        command.setPaymentMethod(null);
        free.ask(command);
        assertThat(free.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(free.commands).isEmpty();
        assertThat(free.grants()).containsOnly(GrantState.ACTIVE);
    }

    @Test
    void aRepeatedEventChangesNothing() {
        saga.tell(Payments.webhook("evt_a", Payments.intent(PspStatus.SUCCEEDED)));
        assertThat(saga.tell(Payments.webhook("evt_a", Payments.intent(PspStatus.CANCELED))))
                .isEqualTo(Decision.NOTHING);
    }

    @Test
    void aCommandForAnOrderThatWasNeverPlacedIsADeadLetter() {
        assertThatThrownBy(() -> new Saga().ask(Payments.cancel()))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining("never placed");
    }

    @Test
    void theStateAtAPastMomentIsTheJournals() {
        long placed = saga.now;
        saga.now += 1000;
        saga.complete();
        assertThat(JournalRules.asOf(saga.journal, Instant.ofEpochMilli(placed + 999)))
                .hasValueSatisfying(view -> assertThat(view.getStatus()).isEqualTo(OrderState.AWAITING_PAYMENT));
        assertThat(JournalRules.asOf(saga.journal, Instant.ofEpochMilli(placed + 1000)))
                .contains(saga.view());
        assertThat(JournalRules.asOf(saga.journal, Instant.ofEpochMilli(placed - 1)))
                .isEmpty();
    }

    @Test
    void aTamperedJournalIsNoticed() {
        saga.complete();
        saga.journal.get(0).setActor("someone else");
        assertThat(JournalRules.problem(saga.journal))
                .hasValueSatisfying(problem -> assertThat(problem).contains("entry 1", "hash chain"));
    }
}
