package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaForeign;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspReference;
import io.gamestream.schemas.payments.PspStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A payment intent that names the order and isn't ours: made by hand, or by somebody else with access to the PSP. */
class StrayIntentsTest {

    /** Before and behind ours in the order of ids. */
    private static final List<String> STRAYS = List.of("pi_0", "pi_z");

    @Test
    void oneThatHasTakenNothingIsLookedAtAndTakesNoGameAway() {
        for (String stray : STRAYS) {
            Saga first = Saga.placed();
            first.complete();
            first.tell(created(stray));
            Saga second = Saga.placed();
            second.tell(created(stray));
            second.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
            for (Saga saga : List.of(first, second)) {
                assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
                assertThat(saga.view().getIntentId()).isEqualTo(Payments.INTENT);
                assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
                assertThat(saga.balance("revenue")).isEqualTo(-Payments.TOTAL);
                assertThat(saga.balance("suspense")).isZero();
            }
        }
    }

    @Test
    void theBooksHoldTheMoneyOfEachWhicheverIsToldFirst() {
        for (String stray : STRAYS) {
            for (Saga saga : twicePaid(stray)) {
                assertThat(saga.balance("psp_clearing")).isEqualTo(2 * Payments.TOTAL);
                assertThat(saga.balance("suspense")).isEqualTo(-Payments.TOTAL);
                assertThat(saga.balance("revenue")).isEqualTo(-Payments.TOTAL);
                assertThat(saga.postings)
                        .extracting(LedgerPosting::getPostingId)
                        .contains(stray + ":CAPTURE_SUSPENDED:1");
            }
        }
    }

    /** Two charges are for somebody to look at; the player has paid, and keeps what was paid for. */
    @Test
    void aSecondChargeTakesNoGameAway() {
        for (String stray : STRAYS) {
            for (Saga saga : twicePaid(stray)) {
                paidOnceByItsOwn(saga);
            }
        }
    }

    @Test
    void norDoesWhateverBecomesOfThatCharge() {
        for (String stray : STRAYS) {
            for (Saga saga : twicePaid(stray)) {
                saga.tell(of(stray, Payments.refunded("re_0", PspStatus.PENDING, Payments.TOTAL, null)));
                paidOnceByItsOwn(saga);
                saga.tell(of(stray, Payments.refunded("re_0", PspStatus.SUCCEEDED, Payments.TOTAL, null)));
                paidOnceByItsOwn(saga);
            }
            for (Saga saga : twicePaid(stray)) {
                saga.tell(of(stray, Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0)));
                paidOnceByItsOwn(saga);
                saga.tell(of(stray, Payments.disputed(PspStatus.LOST, Payments.TOTAL, 0)));
                paidOnceByItsOwn(saga);
            }
        }
    }

    /** As long as one of them is there, the player has paid. */
    @Test
    void theGamesGoWithTheLastOfTheMoney() {
        for (String stray : STRAYS) {
            for (Saga saga : twicePaid(stray)) {
                saga.ask(Payments.refund("r1"));
                assertThat(saga.command().getIntentId()).isEqualTo(Payments.INTENT);
                saga.giveBack();
                assertThat(saga.view().getIntentId()).isEqualTo(stray);
                assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
                assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);

                saga.ask(Payments.refund("r2"));
                assertThat(saga.command().getIntentId()).isEqualTo(stray);
                assertThat(saga.command().getAmountMinor()).isEqualTo(Payments.TOTAL);
                saga.answer(
                        PspOutcome.DONE,
                        of(
                                stray,
                                Payments.refunded(
                                        "re_2",
                                        PspStatus.SUCCEEDED,
                                        Payments.TOTAL,
                                        saga.command().getOperationId())));
                assertThat(saga.grants()).containsOnly(GrantState.REVOKED);
                assertThat(saga.view().getStatus()).isEqualTo(OrderState.REFUNDED);
                assertThat(saga.deadLetters)
                        .extracting(ParkedOrder::getStatus)
                        .containsExactly(DeadLetterStatus.OPEN, DeadLetterStatus.RESOLVED);
            }
        }
    }

    @Test
    void whatIsLostOfOursIsPaidByTheOther() {
        for (Saga saga : twicePaid("pi_z")) {
            saga.tell(Payments.disputed(PspStatus.LOST, Payments.TOTAL, 0));
            assertThat(saga.view().getIntentId()).isEqualTo("pi_z");
            assertThat(saga.view().getLostMinor()).isZero();
            assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        }
    }

    @Test
    void norDoesADisputeOfOursSuspendOrRevokeWhatTheOtherPaysFor() {
        for (Saga saga : twicePaid("pi_z")) {
            saga.tell(Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0));
            assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
            saga.tell(Payments.disputed(PspStatus.WON, Payments.TOTAL, Payments.TOTAL));
            assertThat(saga.view().getIntentId()).isEqualTo(Payments.INTENT);
            assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        }
        for (Saga saga : twicePaid("pi_z")) {
            PspFact part = Payments.disputed(PspStatus.LOST, 500, 0);
            part.setAmountMinor(500);
            saga.tell(part);
            assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        }
    }

    /** The charge that it was asked for was given back meanwhile, and nobody asked for the other one's money. */
    @Test
    void aRefundThatWaitsGoesToTheChargeThatItWasAskedFor() {
        for (Saga saga : twicePaid("pi_z")) {
            saga.ask(Payments.refundOf("r1", 500));
            saga.ask(Payments.refund("r2"));
            saga.tell(Payments.refunded("re_9", PspStatus.SUCCEEDED, Payments.TOTAL, null));
            assertThat(saga.view().getIntentId()).isEqualTo("pi_z");
            saga.answer(PspOutcome.REFUSED);
            assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
            assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:2");
            assertThat(saga.command().getIntentId()).isEqualTo(Payments.INTENT);
            saga.answer(PspOutcome.REFUSED);
            assertThat(saga.view().getRefundPendingMinor()).isZero();
            assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        }
    }

    /** What was refunded of the one that paid before is refunded of that one. */
    @Test
    void gamesCanBeRefundedOfTheOneThatPaysNow() {
        for (Saga saga : twicePaid("pi_z")) {
            saga.ask(Payments.refund("r1", "g1", "g2"));
            saga.giveBack();
            assertThat(saga.view().getIntentId()).isEqualTo("pi_z");
            saga.ask(Payments.refund("r2", "g1"));
            assertThat(saga.command().getIntentId()).isEqualTo("pi_z");
            assertThat(saga.command().getAmountMinor()).isEqualTo(1999);
        }
    }

    /** What agrees with no order pays for none, whatever else is there. */
    @Test
    void aChargeOfAnotherAmountPaysForNothing() {
        Saga saga = Saga.placed();
        saga.tell(Payments.fact(PspObject.INTENT, "pi_0", PspStatus.SUCCEEDED, 1));
        saga.tell(Payments.fact(PspObject.INTENT, "pi_z", PspStatus.SUCCEEDED, 2));
        assertThat(saga.entitlements).isEmpty();
        assertThat(saga.balance("revenue")).isZero();
        assertThat(saga.balance("suspense")).isEqualTo(-3);
        saga.answer(PspOutcome.DONE, own());
        paidOnceByItsOwn(saga);
    }

    @Test
    void anOperationSaysTheSameWithEachIssue() {
        Saga saga = Saga.placed();
        saga.complete();
        saga.ask(Payments.refund("r1"));
        saga.tell(paid("pi_0"));
        saga.answer(PspOutcome.NOT_EXECUTED);
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
        assertThat(saga.command().getIssue()).isEqualTo(2);
        assertThat(saga.commands)
                .filteredOn(command -> command.getKind() == OperationKind.REFUND)
                .extracting(command -> command.getIntentId())
                .containsOnly(Payments.INTENT);
    }

    @Test
    void oneInAnotherCurrencyIsBookedInItsOwn() {
        for (String currency : List.of("AUD", "USD")) {
            Saga saga = Saga.placed();
            saga.complete();
            saga.tell(in(currency, created("pi_0")));
            assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
            assertThat(saga.postings).extracting(LedgerPosting::getPostingId).containsExactly("pi_1:CAPTURE:1");
            saga.tell(in(currency, paid("pi_0")));
            assertThat(saga.postings)
                    .extracting(LedgerPosting::getPostingId, LedgerPosting::getCurrency)
                    .contains(tuple("pi_0:CAPTURE_SUSPENDED:1", currency), tuple("pi_1:CAPTURE:1", "EUR"))
                    .hasSize(2);
            assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        }
    }

    @Test
    void whatIsGivenBackIsBookedInTheCurrencyThatItWasTakenIn() {
        Saga saga = Saga.placed();
        saga.complete();
        saga.ask(Payments.refund("r1", "g1"));
        saga.answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_1", PspStatus.PENDING, 1999, saga.command().getOperationId()));
        saga.tell(in("USD", paid("pi_0")));
        saga.tell(of("pi_0", in("USD", Payments.refunded("re_0", PspStatus.SUCCEEDED, Payments.TOTAL, null))));
        saga.tell(of("pi_0", in("USD", Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0))));
        saga.tell(Payments.refunded("re_1", PspStatus.FAILED, 1999, null));
        assertThat(saga.postings)
                .extracting(LedgerPosting::getPostingId, LedgerPosting::getCurrency)
                .contains(
                        tuple("re_1:REFUND:1", "EUR"),
                        tuple("re_1:REFUND:2", "EUR"),
                        tuple("re_0:REFUND:1", "USD"),
                        tuple("dp_1:DISPUTE_WITHDRAWN:1", "USD"));
        for (String currency : List.of("EUR", "USD")) {
            long clearing = saga.postings.stream()
                    .filter(posting -> posting.getCurrency().equals(currency))
                    .flatMap(posting -> posting.getLegs().stream())
                    .filter(leg -> leg.getAccount().equals("psp_clearing"))
                    .mapToLong(leg -> leg.getAmountMinor())
                    .sum();
            assertThat(clearing).as(currency).isEqualTo(currency.equals("EUR") ? Payments.TOTAL : -Payments.TOTAL);
        }
    }

    /** The PSP tells before the order is placed, when nobody knows its currency. */
    @Test
    void whatIsToldBeforeTheOrderIsBookedAsBehindIt() {
        Saga saga = new Saga();
        saga.tell(in("USD", paid("pi_0")));
        saga.tell(Payments.intent(PspStatus.SUCCEEDED));
        saga.ask(Payments.place());
        assertThat(Objects.requireNonNull(saga.state).getForeign())
                .extracting(SagaForeign::getObject)
                .containsExactly("pi_0");
        assertThat(saga.postings)
                .extracting(LedgerPosting::getPostingId, LedgerPosting::getCurrency)
                .as("of the order's own nobody knew that it agrees")
                .containsExactlyInAnyOrder(
                        tuple("pi_0:CAPTURE_SUSPENDED:1", "USD"),
                        tuple("pi_1:CAPTURE_SUSPENDED:1", "EUR"),
                        tuple("pi_1:CAPTURE:1", "EUR"),
                        tuple("pi_1:CAPTURE_SUSPENDED:2", "EUR"));
        assertThat(saga.balance("revenue")).isEqualTo(-Payments.TOTAL);
    }

    /** A search may not show it, and what it doesn't show is no proof. */
    @Test
    void whatHasBecomeOfAnOperationIsReadByItsOwnIntent() {
        Saga saga = Saga.placed();
        saga.complete();
        saga.ask(Payments.refund("r1", "g1"));
        saga.tell(created("pi_0"));
        saga.answer(Payments.answer(saga.commands.get(saga.commands.size() - 1), PspOutcome.UNKNOWN));
        saga.fire(TimerKind.READ);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
        assertThat(saga.command().getIntentId()).isEqualTo(Payments.INTENT);
    }

    @Test
    void thatReadIsNotTheOneThatWasWantedOfAll() {
        Saga saga = Saga.placed();
        saga.complete();
        saga.ask(Payments.refund("r1", "g1"));
        String refund = saga.command().getOperationId();
        saga.tell(created("pi_0"));
        saga.answer(Payments.answer(saga.command(), PspOutcome.UNKNOWN));
        saga.decide(new PaymentInput.Differs(Payments.difference()));
        assertThat(saga.command().getIntentId()).isEqualTo(Payments.INTENT);
        saga.answer(PspOutcome.DONE, Payments.refunded("re_1", PspStatus.SUCCEEDED, 1999, refund));
        saga.fire(TimerKind.READ);
        assertThat(saga.command().getIntentId()).as("all are searched for").isNull();
    }

    /** Its own was never told of: another one shows nothing of it. */
    @Test
    void ofAPaymentThatMayHaveBeenMadeAllAreSearchedFor() {
        Saga saga = Saga.placed();
        saga.answer(PspOutcome.UNKNOWN);
        saga.tell(created("pi_0"), created("pi_3"));
        saga.fire(TimerKind.READ);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
        assertThat(saga.command().getIntentId()).isNull();
    }

    @Test
    void whatAVersionBeforeKeptIsNotTakenForMoneyOfTheOrdersCurrency() {
        Saga saga = Saga.placed();
        saga.complete();
        PaymentSaga kept = Objects.requireNonNull(saga.state);
        kept.getIntents().add("pi_2");
        kept.getSeenCurrencies().add("USD");
        assertThat(Captures.sale(kept)).isEmpty();
    }

    @Test
    void aSearchThatShowsNoneOfThemIsRepeated() {
        Saga saga = Saga.placed();
        saga.complete();
        saga.tell(paid("pi_0"));
        saga.decide(new PaymentInput.Differs(Payments.difference()));
        saga.answer(PspOutcome.NOT_FOUND);
        assertThat(saga.timers()).containsKey(TimerKind.READ);
        saga.fire(TimerKind.READ);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED), paid("pi_0"));
        assertThat(saga.timers()).doesNotContainKey(TimerKind.READ);
    }

    /** What somebody does about it at the PSP reaches the books. */
    @Test
    void theirWebhooksFindTheOrderAndAllOfThemAreRead() {
        for (String stray : STRAYS) {
            Saga saga = Saga.placed();
            saga.complete();
            assertThat(saga.references).extracting(PspReference::getIntentId).containsExactly(Payments.INTENT);
            saga.tell(paid(stray));
            assertThat(saga.references).extracting(PspReference::getIntentId).containsExactly(Payments.INTENT, stray);
            saga.decide(new PaymentInput.Differs(Payments.difference()));
            assertThat(saga.command().getKind()).isEqualTo(OperationKind.SYNC);
            assertThat(saga.command().getIntentId()).as("all are searched for").isNull();
        }
    }

    @Test
    void aChargeThatNamesNoIntentIsBookedAndIsNoIntent() {
        Saga saga = Saga.placed();
        PspFact charge = Payments.charge(PspStatus.SUCCEEDED);
        charge.setIntentId(null);
        saga.answer(PspOutcome.DONE, charge);
        assertThat(saga.balance("psp_clearing")).isEqualTo(Payments.TOTAL);
        assertThat(saga.view().getIntentId()).isNull();

        // It is not for the saga to fail on it: the worker refuses what it can't ask for, and the order is parked.
        saga.ask(Payments.refund("r1"));
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
        assertThat(saga.command().getIntentId()).isNull();
    }

    /** By its own intent and by a stray one, whichever is told first. */
    private static List<Saga> twicePaid(String stray) {
        Saga first = Saga.placed();
        first.answer(PspOutcome.DONE, own());
        first.tell(paid(stray));
        Saga second = Saga.placed();
        second.tell(paid(stray));
        second.answer(PspOutcome.DONE, own());
        return List.of(first, second);
    }

    private static void paidOnceByItsOwn(Saga saga) {
        assertThat(saga.view().getStatus()).isEqualTo(OrderState.PARKED);
        assertThat(saga.view().getIntentId()).isEqualTo(Payments.INTENT);
        assertThat(saga.view().getCapturedMinor()).isEqualTo(Payments.TOTAL);
        assertThat(saga.view().getRefundedMinor() + saga.view().getRefundPendingMinor())
                .isZero();
        assertThat(saga.view().getDisputedMinor() + saga.view().getLostMinor()).isZero();
        assertThat(saga.grants()).containsOnly(GrantState.ACTIVE);
        assertThat(saga.balance("revenue")).isEqualTo(-Payments.TOTAL);
    }

    /** The PSP echoes the operation that made it. */
    private static PspFact own() {
        return Payments.by(Payments.ORDER + ":create:1", Payments.intent(PspStatus.SUCCEEDED));
    }

    private static PspFact created(String id) {
        return Payments.fact(PspObject.INTENT, id, PspStatus.REQUIRES_PAYMENT_METHOD, 1);
    }

    private static PspFact of(String intent, PspFact fact) {
        fact.setIntentId(intent);
        return fact;
    }

    private static PspFact in(String currency, PspFact fact) {
        fact.setCurrency(currency);
        return fact;
    }

    private static PspFact paid(String id) {
        return Payments.fact(PspObject.INTENT, id, PspStatus.SUCCEEDED, Payments.TOTAL);
    }
}
