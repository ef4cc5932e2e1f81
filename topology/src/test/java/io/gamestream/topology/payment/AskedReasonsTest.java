package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the PSP hears of why money goes back. */
class AskedReasonsTest {

    private final Saga saga = Saga.placed();

    @ParameterizedTest
    @CsvSource({
        "duplicate, duplicate",
        "fraudulent, fraudulent",
        "requested_by_customer, requested_by_customer",
        "abandoned, requested_by_customer",
        "too hard, requested_by_customer",
        ", requested_by_customer"
    })
    void aRefundSaysWhyItWasAskedFor(@Nullable String asked, String said) {
        refund(asked);
        assertThat(saga.command().getReason()).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "duplicate, duplicate",
        "fraudulent, fraudulent",
        "requested_by_customer, requested_by_customer",
        "abandoned, abandoned",
        "too hard, requested_by_customer",
        ", requested_by_customer"
    })
    void aPlayersCancelSaysWhyItWasAskedForAlthoughItHasToWait(@Nullable String asked, String said) {
        OrderCommand cancel = Payments.cancel();
        cancel.setReason(asked);
        saga.ask(cancel);
        assertThat(saga.command().getKind()).as("is still open").isEqualTo(OperationKind.CREATE);
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.CANCEL);
        assertThat(saga.command().getReason()).isEqualTo(said);
    }

    @Test
    void anOrderThatExpiresIsAbandoned() {
        saga.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_ACTION));
        saga.fire(TimerKind.EXPIRY);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.CANCEL);
        assertThat(saga.command().getReason()).isEqualTo("abandoned");
    }

    @Test
    void eachIssueOfARefundSaysTheSame() {
        refund("fraudulent");
        OrderCommand second = Payments.refund("r2", "g2");
        second.setReason("duplicate");
        saga.ask(second);
        assertThat(again().getReason()).isEqualTo("fraudulent");
        saga.answer(PspOutcome.DONE, Payments.refunded("re_1", PspStatus.SUCCEEDED, 1999, "o1:refund:1"));
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:2");
        assertThat(saga.command().getReason()).isEqualTo("duplicate");
    }

    /** Another body under the same key would be refused. */
    @Test
    void oneThatAVersionBeforeHasBegunGoesOnSayingWhatThatSaid() {
        refund("fraudulent");
        Objects.requireNonNull(saga.state).setTargetReason(null);
        assertThat(again().getReason()).isEqualTo("requested_by_customer");
    }

    private void refund(@Nullable String reason) {
        saga.complete();
        OrderCommand refund = Payments.refund("r1", "g1");
        refund.setReason(reason);
        saga.ask(refund);
        assertThat(saga.command().getKind()).isEqualTo(OperationKind.REFUND);
    }

    private PspCommand again() {
        saga.answer(PspOutcome.NOT_EXECUTED);
        saga.fire(TimerKind.REISSUE);
        assertThat(saga.command().getOperationId()).isEqualTo("o1:refund:1");
        assertThat(saga.command().getIssue()).isEqualTo(2);
        return saga.command();
    }
}
