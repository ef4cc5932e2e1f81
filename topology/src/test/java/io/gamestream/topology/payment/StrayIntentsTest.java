package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.util.List;
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
            Saga first = Saga.placed();
            first.complete();
            first.tell(paid(stray));
            Saga second = Saga.placed();
            second.tell(paid(stray));
            second.answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
            for (Saga saga : List.of(first, second)) {
                assertThat(saga.balance("psp_clearing")).isEqualTo(2 * Payments.TOTAL);
                assertThat(saga.balance("suspense")).isEqualTo(-2 * Payments.TOTAL);
                assertThat(saga.balance("revenue")).isZero();
            }
        }
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

    private static PspFact created(String id) {
        return Payments.fact(PspObject.INTENT, id, PspStatus.REQUIRES_PAYMENT_METHOD, 1);
    }

    private static PspFact paid(String id) {
        return Payments.fact(PspObject.INTENT, id, PspStatus.SUCCEEDED, Payments.TOTAL);
    }
}
