package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentEventType;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.views.OperationState;
import io.gamestream.schemas.views.OrderState;
import io.gamestream.schemas.views.PaymentState;
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
        assertThat(grants()).containsOnly(GrantState.ACTIVE);
        assertThat(saga.balance(LedgerRules.CLEARING)).isEqualTo(Payments.TOTAL - 117);
        assertThat(saga.balance(LedgerRules.REVENUE)).isEqualTo(-Payments.TOTAL);
        assertThat(saga.timers()).isEmpty();
        assertThat(JournalRules.problem(saga.journal)).isEmpty();
    }

    @Test
    void anUnknownOutcomeForbidsANewOperationAndIsIssuedAgainUnderTheSameId() {
        saga.answer(PspOutcome.UNKNOWN);
        assertThat(saga.view().getOutcomeKnown()).isFalse();
        saga.fire(TimerKind.READ);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() != OperationKind.SYNC)
                .hasSize(1);

        saga.answer(PspOutcome.NOT_FOUND);

        assertThat(saga.command().getOperationId()).isEqualTo("o1:create:1");
        assertThat(saga.command().getIssue()).isEqualTo(2);
        assertThat(saga.view().getOperations()).hasSize(1);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.view().getOutcomeKnown()).isTrue();
    }

    @Test
    void anUnknownOutcomeIsLearntFromAWebhook() {
        saga.answer(PspOutcome.UNKNOWN);
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void aResultThatNeverComesCountsAsUnknown() {
        saga.fire(TimerKind.OVERDUE);
        assertThat(saga.view().getOutcomeKnown()).isFalse();
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
    }

    @Test
    void anOrderThatIsBeingCancelledNeverChargesAgainAndIsProvedNotToHave() {
        saga.answer(PspOutcome.UNKNOWN);
        saga.ask(Payments.cancel());
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.CANCEL_REQUESTED);
        for (int i = 0; i < 5 && saga.view().getPayment() != PaymentState.CANCELED; i++) {
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.NOT_FOUND);
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CANCELED);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.CREATE)
                .hasSize(1);
        assertThat(saga.now)
                .isGreaterThan(saga.view()
                        .getOperations()
                        .get(0)
                        .getDeadline()
                        .plus(Duration.ofMinutes(30))
                        .toEpochMilli());
    }

    @Test
    void aCallThatWasSurelyNotExecutedBacksOffAndIsParkedInTheEnd() {
        int issues = 0;
        while (saga.view().getStatus() != OrderState.PARKED) {
            saga.answer(PspOutcome.NOT_EXECUTED);
            if (saga.timers().containsKey(TimerKind.REISSUE)) {
                // Expiry comes first in real life; here it is left alone, so that the end of the tries is seen.
                saga.fire(TimerKind.REISSUE);
            }
            assertThat(++issues).isLessThan(30);
        }
        assertThat(saga.commands).extracting(PspCommand::getOperationId).containsOnly("o1:create:1");
        assertThat(saga.commands).hasSize(16);
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
        aCallThatWasSurelyNotExecutedBacksOffAndIsParkedInTheEnd();
        String letter = saga.deadLetters.get(0).getDeadLetterId();

        saga.replay(letter);

        assertThat(saga.view().getStatus()).isEqualTo(OrderState.AWAITING_PAYMENT);
        assertThat(saga.deadLetters.get(1).getStatus()).isEqualTo(DeadLetterStatus.RESOLVED);
        assertThat(saga.replay(letter)).isEqualTo(Decision.NOTHING);
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:create:1");
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.replay(letter)).isEqualTo(Decision.NOTHING);
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
    void anAuthenticationThatNobodyMakesExpires() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.REQUIRES_ACTION);
        saga.fire(TimerKind.EXPIRY);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.CANCEL);
        assertThat(saga.view().getStatus()).as("not before the PSP says so").isEqualTo(OrderState.AWAITING_PAYMENT);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.CANCELED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void anAuthenticationWhoseWebhookIsLostIsNoticedAllTheSame() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.timers()).isEmpty();
    }

    @Test
    void moneyThatComesAfterExpiryIsRefunded() {
        anAuthenticationThatNobodyMakesExpires();
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.LATE_CAPTURED);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
        assertThat(saga.command().getAmountMinor()).isEqualTo(Payments.TOTAL);
        assertThat(saga.entitlements).isEmpty();
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_1",
                        PspStatus.SUCCEEDED,
                        Payments.TOTAL,
                        saga.command().getOperationId()));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.balance(LedgerRules.CLEARING)).isZero();
    }

    @Test
    void orItBuysTheGameAfterAllWhereThatIsThePolicy() {
        Saga welcoming = new Saga(Payments.policy(true));
        welcoming.ask(Payments.place());
        welcoming.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        welcoming.ask(Payments.cancel());
        welcoming.tell(Payments.intent(PspStatus.SUCCEEDED));
        assertThat(welcoming.view().getStatus()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void aLateRefundThatKeepsFailingIsParked() {
        anAuthenticationThatNobodyMakesExpires();
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        for (int i = 0; i < 3; i++) {
            saga.answer(PspOutcome.REFUSED);
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.REFUND)
                .hasSize(3);
        saga.replay(saga.view().getDeadLetterId());
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:4");
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
        assertThat(grants(twice)).containsOnly(GrantState.NONE);
    }

    @Test
    void aPartialCaptureGrantsOnlyItsLines() {
        Saga manual = new Saga();
        manual.ask(Payments.place(CaptureMode.MANUAL, CustomerPresence.INTERACTIVE));
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_CAPTURE));
        assertThat(manual.view().getPayment()).isEqualTo(PaymentState.AUTHORIZED);
        manual.ask(Payments.capture("g2"));
        assertThat(manual.command().getKind()).isEqualTo(OperationKind.CAPTURE);
        assertThat(manual.command().getAmountMinor()).isEqualTo(999);
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 999));
        assertThat(grants(manual)).containsExactly(GrantState.NONE, GrantState.ACTIVE);
        assertThat(manual.view().getPaymentStatus()).isEqualTo("PARTIALLY_CAPTURED");
    }

    @Test
    void anAuthorizationThatNobodyCapturesIsReleased() {
        Saga manual = new Saga();
        manual.ask(Payments.place(CaptureMode.MANUAL, CustomerPresence.INTERACTIVE));
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_CAPTURE));
        manual.fire(TimerKind.EXPIRY);
        assertThat(manual.now - Payments.PLACED.toEpochMilli())
                .isEqualTo(Duration.ofDays(6).toMillis());
        assertThat(manual.command().getKind()).isEqualTo(OperationKind.CANCEL);
    }

    @Test
    void aPartialRefundTakesBackOnlyItsLine() {
        complete();
        saga.ask(Payments.refund("r1", "g1"));
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_1", PspStatus.SUCCEEDED, 1999, saga.command().getOperationId()));
        assertThat(grants()).containsExactly(GrantState.REVOKED, GrantState.ACTIVE);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.view().getPaymentStatus()).isEqualTo("PARTIALLY_REFUNDED");
        saga.ask(Payments.refund("r2"));
        assertThat(saga.command().getAmountMinor()).isEqualTo(999);
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_2", PspStatus.SUCCEEDED, 999, saga.command().getOperationId()));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        assertThat(saga.notifications)
                .extracting(Notification::getNotificationId)
                .containsExactly("o1:receipt:1", "o1:refund-issued:1", "o1:refund-issued:2");
    }

    @Test
    void neverMoreIsRefundedThanWasCaptured() {
        complete();
        saga.ask(Payments.refundOf("r1", 2000));
        saga.ask(Payments.refundOf("r2", 999));
        assertThat(saga.view().getRefunds().get(1).getStatus()).isEqualTo("REJECTED");
        assertThat(saga.view().getRefunds().get(1).getReason()).contains("expected: 1 to 998 EUR");
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.REFUND)
                .hasSize(1);
        saga.ask(Payments.refundOf("r1", 2000));
        assertThat(saga.view().getRefunds()).as("repeated").hasSize(2);
    }

    @Test
    void aRefundThatFailsAfterAllGivesTheGamesBack() {
        complete();
        saga.ask(Payments.refund("r1"));
        String operation = saga.command().getOperationId();
        saga.answer(PspOutcome.DONE, Payments.refunded("re_1", PspStatus.SUCCEEDED, Payments.TOTAL, operation));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
        saga.tell(Payments.refunded("re_1", PspStatus.FAILED, Payments.TOTAL, null));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(grants()).containsOnly(GrantState.ACTIVE);
        assertThat(saga.balance(LedgerRules.CLEARING)).isEqualTo(Payments.TOTAL);
        assertThat(saga.notifications)
                .filteredOn(sent -> sent.getTemplate().equals("receipt"))
                .hasSize(1);
    }

    @Test
    void aDisputeSuspendsAndIsWon() {
        complete();
        saga.tell(Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0));
        assertThat(grants()).containsOnly(GrantState.SUSPENDED);
        assertThat(saga.balance(LedgerRules.CLEARING)).isZero();
        saga.ask(Payments.refund("r1"));
        assertThat(saga.view().getRefunds().get(0).getReason()).contains("dispute");
        saga.tell(Payments.disputed(PspStatus.WON, Payments.TOTAL, Payments.TOTAL));
        assertThat(grants()).containsOnly(GrantState.ACTIVE);
        assertThat(saga.balance(LedgerRules.HOLD)).isZero();
    }

    @Test
    void aLostDisputeTakesTheGamesBack() {
        complete();
        saga.tell(Payments.disputed(PspStatus.LOST, Payments.TOTAL, 0));
        assertThat(grants()).containsOnly(GrantState.REVOKED);
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CHARGED_BACK);
        assertThat(saga.balance(LedgerRules.LOSS)).isEqualTo(Payments.TOTAL);
        assertThat(saga.balance(LedgerRules.HOLD)).isZero();
    }

    @Test
    void anInquiryTakesNothingAway() {
        complete();
        saga.tell(Payments.disputed(PspStatus.WARNING_NEEDS_RESPONSE, 0, 0));
        assertThat(grants()).containsOnly(GrantState.ACTIVE);
    }

    @Test
    void aPlayerWhoCancelsBeforeAnythingWasSentIsNeverCharged() {
        saga.answer(PspOutcome.NOT_EXECUTED);
        saga.ask(Payments.cancel());
        assertThat(saga.view().getStatus())
                .as("a paused worker may still have the command")
                .isEqualTo(OrderState.AWAITING_PAYMENT);
        while (saga.timers().containsKey(TimerKind.READ)) {
            saga.fire(TimerKind.READ);
            saga.answer(PspOutcome.NOT_FOUND);
        }
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.CANCELED);
        assertThat(saga.view().getOperations().get(0).getState()).isEqualTo(OperationState.FAILED);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.CREATE)
                .hasSize(1);
    }

    @Test
    void itIsTooLateToCancelWhatIsPaid() {
        complete();
        saga.ask(Payments.cancel());
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
        assertThat(saga.journal.get(saga.journal.size() - 1).getNote()).contains("too late");
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
        assertThat(grants(free)).containsOnly(GrantState.ACTIVE);
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
    void aRepeatedEventChangesNothing() {
        saga.tell(Payments.webhook("evt_a", Payments.intent(PspStatus.SUCCEEDED)));
        assertThat(saga.tell(Payments.webhook("evt_a", Payments.intent(PspStatus.CANCELED))))
                .isEqualTo(Decision.NOTHING);
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

    @Test
    void aCancelThatComesTooLateForThePspIsReadAndRefunded() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.PROCESSING));
        saga.ask(Payments.cancel());
        saga.answer(PspOutcome.UNEXPECTED_STATE);
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.CANCEL_REQUESTED);
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getPayment()).isEqualTo(PaymentState.LATE_CAPTURED);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
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
        complete();
        assertThat(JournalRules.asOf(saga.journal, Instant.ofEpochMilli(placed + 999)))
                .hasValueSatisfying(view -> assertThat(view.getStatus()).isEqualTo(OrderState.AWAITING_PAYMENT));
        assertThat(JournalRules.asOf(saga.journal, Instant.ofEpochMilli(placed + 1000)))
                .contains(saga.view());
        assertThat(JournalRules.asOf(saga.journal, Instant.ofEpochMilli(placed - 1)))
                .isEmpty();
    }

    @Test
    void aTamperedJournalIsNoticed() {
        complete();
        saga.journal.get(0).setActor("someone else");
        assertThat(JournalRules.problem(saga.journal))
                .hasValueSatisfying(problem -> assertThat(problem).contains("entry 1", "hash chain"));
    }

    private void complete() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.COMPLETED);
    }

    private static PspFact currency(String currency) {
        PspFact fact = Payments.intent(PspStatus.SUCCEEDED);
        fact.setCurrency(currency);
        return fact;
    }

    private List<GrantState> grants() {
        return grants(saga);
    }

    private static List<GrantState> grants(Saga saga) {
        List<Grant> grants = saga.entitlements.get(saga.entitlements.size() - 1).getGrants();
        return grants.stream().map(Grant::getState).toList();
    }
}
