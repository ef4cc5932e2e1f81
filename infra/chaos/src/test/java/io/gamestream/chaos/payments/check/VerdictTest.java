package io.gamestream.chaos.payments.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.plant.Bug;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.CauseKind;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each invariant is found broken by evidence that breaks it, and none by evidence that doesn't. */
class VerdictTest {

    private final Evidence evidence = Good.evidence();

    private void breaks(Invariant invariant) {
        assertThat(Verdict.of(evidence).counts())
                .as("%s", Verdict.of(evidence).samples())
                .containsKey(invariant);
    }

    private void breaksNothing() {
        assertThat(Verdict.of(evidence).samples()).isEmpty();
    }

    @Test
    void nothingIsWrongWithAnOrderThatWentWell() {
        breaksNothing();
    }

    @Test
    void s1TwoChargesOfOneOrder() {
        evidence.psp.add(Good.charged("ch_2", "other", 600_000));
        breaks(Invariant.S1);
    }

    @Test
    void s1MoreThanTheOrderCosts() {
        evidence.exchanges.clear();
        evidence.exchanges.add(new Exchange(
                Exchange.Kind.PLACE, "k1", "{}", 202, Good.ORDER, "{\"orderId\":\"ord_1\"}", Good.TOTAL - 1, false));
        breaks(Invariant.S1);
    }

    @Test
    void s2GrantedThoughAllIsRefunded() {
        evidence.psp.add(Good.change("r", 1, List.of(), Good.refund(Refund.Status.SUCCEEDED)));
        breaks(Invariant.S2);
    }

    @Test
    void s3OneIdTwoBodies() {
        evidence.psp.add(new Entry.Refused(1, new Entry.Cause("create", Good.OPERATION, "another", "req", null), 400));
        breaks(Invariant.S3);
    }

    @Test
    void s3OneIdTwoEffects() {
        evidence.psp.add(Good.change(Good.OPERATION, 2, List.of(), Good.charge("ch_2")));
        breaks(Invariant.S3);
    }

    /** Such as a refusal that shows the intent which it leaves alone. */
    @Test
    void s3WhatAnAnswerOnlyShowsIsNoEffect() {
        evidence.psp.add(Good.change(Good.OPERATION, 2, List.of(), Good.charge("ch_1")));
        breaksNothing();
    }

    @Test
    void s4ASecondOperationBesideAnUnknownOne() {
        PaymentView view = Good.view();
        view.setOperations(List.of(
                Good.operation(Good.OPERATION, OperationState.OUTCOME_UNKNOWN),
                Good.operation(Good.ORDER + ":create:2", OperationState.REQUESTED)));
        Good.state(evidence, view);
        breaks(Invariant.S4);
    }

    @Test
    void s4ASecondOperationAfterOneThatOnlyWeTookForFailed() {
        PaymentView view = Good.view();
        view.setOperations(List.of(
                Good.operation(Good.OPERATION, OperationState.FAILED),
                Good.operation(Good.ORDER + ":create:2", OperationState.EXECUTED)));
        Good.state(evidence, view);
        breaks(Invariant.S4);
    }

    @Test
    void s5AGapOrABrokenChain() {
        journal().add(Good.entry(3, "x", Good.view(), CauseKind.TIMER, "READ"));
        breaks(Invariant.S5);
    }

    @Test
    void s6LegsThatDoNotBalance() {
        evidence.postings.get(0).getLegs().get(0).setAmountMinor(1L);
        breaks(Invariant.S6);
    }

    @Test
    void s6APostingTwice() {
        evidence.postings.add(evidence.postings.get(0));
        breaks(Invariant.S6);
    }

    @Test
    void s6ABalanceThatIsNotTheSum() {
        Good.account(evidence, "revenue", 5);
        breaks(Invariant.S6);
    }

    @Test
    void s7MoreIsGoingBackThanCame() {
        PaymentView view = Good.view();
        view.setRefundPendingMinor(Good.TOTAL + 1);
        Good.state(evidence, view);
        breaks(Invariant.S7);
    }

    @Test
    void s8AWebhookThatThePspNeverSent() {
        evidence.webhooks.add(Good.webhook("evt_forged", Good.TOTAL));
        breaks(Invariant.S8);
    }

    @Test
    void s8AWebhookWithAnotherAmount() {
        evidence.webhooks.set(0, Good.webhook("evt_1", 1));
        breaks(Invariant.S8);
    }

    @Test
    void s8AnEventThatChangedSomethingTwice() {
        String hash = journal().get(0).getHash();
        PaymentView view = Good.view();
        journal().add(Good.entry(2, hash, view, CauseKind.WEBHOOK, "evt_1"));
        breaks(Invariant.S8);
    }

    @Test
    void s8AForgeryThatWasWelcome() {
        evidence.exchanges.add(new Exchange(Exchange.Kind.FORGED, "evt_2", "{}", 200, null, "", 0, false));
        breaks(Invariant.S8);
    }

    @Test
    void s9ARecordThatIsGone() {
        evidence.seen = new Seen(Map.of("t-0@1", 7L, "t-0@2", 8L), Map.of("t-0@1", 7L));
        breaks(Invariant.S9);
    }

    @Test
    void s9ARecordThatIsAnotherOne() {
        evidence.seen = new Seen(Map.of("t-0@1", 7L), Map.of("t-0@1", 8L));
        breaks(Invariant.S9);
    }

    @Test
    void s9AResultWithoutACommittedCommand() {
        evidence.results.add(Good.result());
        breaks(Invariant.S9);
    }

    @Test
    void s10OneKeyTwoOrders() {
        evidence.exchanges.add(Good.placed("k1", "{}", "ord_2"));
        breaks(Invariant.S10);
    }

    @Test
    void s10TheSameAgainIsRefused() {
        for (int status : List.of(400, 404, 422)) {
            evidence.exchanges.add(answered(status));
            breaks(Invariant.S10);
            evidence.exchanges.remove(1);
        }
        evidence.exchanges.add(0, answered(422));
        breaks(Invariant.S10);
    }

    @Test
    void s10TheSameAgainIsToComeLater() {
        for (int status : List.of(0, 408, 409, 429, 503)) {
            evidence.exchanges.add(answered(status));
        }
        breaksNothing();
    }

    @Test
    void s10AnotherBodyUnderTheKeyIsAccepted() {
        evidence.exchanges.add(Good.placed("k1", "{\"other\":1}", Good.ORDER));
        breaks(Invariant.S10);
    }

    @Test
    void s10ABadRequestIsAccepted() {
        evidence.exchanges.add(new Exchange(Exchange.Kind.BAD, "b", "{", 202, null, "", 0, false));
        breaks(Invariant.S10);
    }

    @Test
    void s11AReceiptTwice() {
        evidence.notifications.add(Good.receipt());
        breaks(Invariant.S11);
    }

    @Test
    void s11AReceiptThatCallsItselfTheSecond() {
        evidence.notifications.add(notification("receipt", 2));
        breaks(Invariant.S11);
    }

    @Test
    void s11AnOrderMayBeRefundedSuspendedAndRestoredMoreThanOnce() {
        givenBackTwiceAndSuspendedTwice();
        for (String template : List.of("refund-issued", "access-suspended", "access-restored")) {
            evidence.notifications.add(notification(template, 1));
            evidence.notifications.add(notification(template, 2));
        }
        assertThat(Verdict.of(evidence).counts()).doesNotContainKey(Invariant.S11);
        evidence.notifications.add(notification("access-restored", 2));
        breaks(Invariant.S11);
    }

    @Test
    void s11MoreRefundsToldOfThanThereWere() {
        givenBackTwiceAndSuspendedTwice();
        for (int number = 1; number <= 3; number++) {
            evidence.notifications.add(notification("refund-issued", number));
        }
        breaks(Invariant.S11);
    }

    @Test
    void s11MoreSuspensionsToldOfThanThereWere() {
        evidence.notifications.add(notification("access-suspended", 1));
        breaks(Invariant.S11);
    }

    private void givenBackTwiceAndSuspendedTwice() {
        List<JournalEntry> entries = new ArrayList<>();
        for (String access : List.of("ACTIVE", "SUSPENDED", "ACTIVE", "SUSPENDED", "ACTIVE")) {
            PaymentView view = Good.view();
            view.setLines(List.of(new PaymentLine("g1", 1, Good.TOTAL, true, 0L, access)));
            int seq = entries.size() + 1;
            if (seq > 1) {
                view.getRefunds().add(new PaymentRefund("r1", "re_1", "SUCCEEDED", 1L, List.of(), null));
            }
            if (seq > 2) {
                view.getRefunds()
                        .add(new PaymentRefund("r2", "re_2", seq == 3 ? "PENDING" : "SUCCEEDED", 1L, List.of(), null));
            }
            String previous = seq == 1 ? "" : entries.get(seq - 2).getHash();
            entries.add(Good.entry(seq, previous, view, CauseKind.WEBHOOK, "evt_" + seq));
        }
        evidence.journal.put(Good.ORDER, entries);
    }

    @Test
    void s11AnEventTwice() {
        evidence.events.add(Good.completed());
        breaks(Invariant.S11);
    }

    @Test
    void s12ASecretSomewhere() {
        evidence.secrets.add("payments.log line 7");
        breaks(Invariant.S12);
    }

    @Test
    void l1AnAcceptedOrderThatNobodyHasHeardOf() {
        evidence.exchanges.add(Good.placed("k2", "{}", "ord_2"));
        breaks(Invariant.L1);
    }

    @Test
    void l1AnOrderThatHasNotEnded() {
        PaymentView view = Good.view();
        view.setStatus(OrderState.AWAITING_PAYMENT);
        Good.state(evidence, view);
        breaks(Invariant.L1);
    }

    @Test
    void l2WhatThePspHasAndWeDoNot() {
        evidence.psp.add(Good.change("r", 1, List.of(), Good.refund(Refund.Status.FAILED)));
        breaks(Invariant.L2);
    }

    @Test
    void l2WhatWeHaveAndThePspDoesNot() {
        PaymentView view = Good.view();
        view.setIntentId("pi_9");
        Good.state(evidence, view);
        breaks(Invariant.L2);
    }

    @Test
    void l2AnotherStatus() {
        PaymentView view = Good.view();
        view.setPayment(PaymentState.CANCELED);
        Good.state(evidence, view);
        breaks(Invariant.L2);
    }

    @Test
    void l3PaidAndNotGranted() {
        evidence.entitlements.put(Good.ORDER, List.of(Good.granted(GrantState.NONE, 1)));
        breaks(Invariant.L3);
    }

    @Test
    void l3PaidAndNotGrantedAsTheOrderIsParked() {
        assertParked(Good.view(), true);
    }

    /** What it is for, if for anything, is somebody's to say. */
    @Test
    void l3WhatIsParkedAndNotAllItsOwnMayHaveNoGame() {
        PaymentView conflict = Good.view();
        conflict.setPayment(PaymentState.CONFLICTED);
        assertParked(conflict, false);
        PaymentView goingBack = Good.view();
        goingBack.setRefundPendingMinor(Good.TOTAL);
        assertParked(goingBack, false);
        PaymentView disputed = Good.view();
        disputed.setDisputedMinor(Good.TOTAL);
        assertParked(disputed, false);
    }

    @Test
    void l3PaidWithoutAReceipt() {
        evidence.notifications.clear();
        breaks(Invariant.L3);
    }

    @Test
    void l3GivenBackAndNotRevoked() {
        evidence.psp.add(Good.change("r", 1, List.of(), Good.refund(Refund.Status.SUCCEEDED)));
        PaymentView view = Good.view();
        view.setStatus(OrderState.REFUNDED);
        view.setRefundedMinor(Good.TOTAL);
        view.setRefunds(List.of(new PaymentRefund("rfd", "re_1", "SUCCEEDED", Good.TOTAL, List.of(), null)));
        Good.state(evidence, view);
        breaks(Invariant.L3);
    }

    @Test
    void l3NotPosted() {
        evidence.postings.remove(1);
        breaks(Invariant.L3);
    }

    @Test
    void l4SomethingIsStillDue() {
        store().setReadAt(7L);
        breaks(Invariant.L4);
    }

    @Test
    void l4AnOrphanOrABreak() {
        evidence.settlement =
                new Settlement(List.of(), List.of("pi_9"), true, List.of(), 0, Map.of(), Map.of(), Map.of(), Map.of());
        breaks(Invariant.L4);
        evidence.settlement = new Settlement(
                List.of(), List.of(), true, List.of("FEE:txn"), 0, Map.of(), Map.of(), Map.of(), Map.of());
        breaks(Invariant.L4);
    }

    @Test
    void l4BooksThatNobodyHasCompared() {
        evidence.settlement =
                new Settlement(List.of(), List.of(), false, List.of(), 0, Map.of(), Map.of(), Map.of(), Map.of());
        breaks(Invariant.L4);
    }

    @Test
    void l5AReplayThatChangedSomething() {
        evidence.settlement = new Settlement(
                List.of(),
                List.of(),
                true,
                List.of(),
                0,
                Map.of(Good.ORDER, 1L),
                Map.of(Good.ORDER, 2L),
                Map.of(),
                Map.of());
        breaks(Invariant.L5);
    }

    @Test
    void l5AStoreThatIsAnotherOneAfterItsRebuild() {
        evidence.settlement = new Settlement(
                List.of(), List.of(), true, List.of(), 0, Map.of(), Map.of(), Map.of(Good.ORDER, 1L), Map.of());
        breaks(Invariant.L5);
    }

    @Test
    void l5AJournalThatDoesNotFoldToTheStore() {
        store().getView().setCapturedMinor(1);
        breaks(Invariant.L5);
    }

    @Test
    void l6ASilentOrderThatHasNotEnded() {
        evidence.exchanges.set(
                0,
                new Exchange(
                        Exchange.Kind.PLACE, "k1", "{}", 202, Good.ORDER, "{\"orderId\":\"ord_1\"}", Good.TOTAL, true));
        breaksNothing();
        PaymentView view = Good.view();
        view.setStatus(OrderState.AWAITING_PAYMENT);
        Good.state(evidence, view);
        breaks(Invariant.L6);
    }

    /** It came at any time, and chance has lost all of its webhooks. */
    @Test
    void l6AnUntoldOrderThatHasNotEnded() {
        PaymentView view = Good.view();
        view.setStatus(OrderState.AWAITING_PAYMENT);
        Good.state(evidence, view);
        evidence.psp.add(new Entry.Delivery(1, "evt_1", 1, "lost", 0));
        breaks(Invariant.L6);
        evidence.psp.add(new Entry.Delivery(1, "evt_1", 1, "duplicate", 200));
        assertThat(Verdict.of(evidence).counts()).doesNotContainKey(Invariant.L6);
    }

    @Test
    void l7ARecoveryThatTookTooLong() {
        evidence.recoveries.add(new Recovery("1: saga kill -9", Duration.ofSeconds(61), Duration.ofSeconds(60)));
        breaks(Invariant.L7);
    }

    private static Notification notification(String template, int version) {
        Notification notification = Good.receipt();
        notification.setNotificationId(Good.ORDER + ":" + template + ":" + version);
        notification.setTemplate(template);
        notification.setVersion(version);
        return notification;
    }

    /** It has no game. */
    private void assertParked(PaymentView view, boolean missing) {
        view.setStatus(OrderState.PARKED);
        Good.state(evidence, view);
        evidence.entitlements.put(Good.ORDER, List.of(Good.granted(GrantState.NONE, 1)));
        assertThat(Verdict.of(evidence).counts().containsKey(Invariant.L3)).isEqualTo(missing);
    }

    /** The order's request under its key, answered with this. */
    private static Exchange answered(int status) {
        return new Exchange(Exchange.Kind.PLACE, "k1", "{}", status, null, "", 0, false);
    }

    private List<JournalEntry> journal() {
        return evidence.journal.getOrDefault(Good.ORDER, List.of());
    }

    private PaymentSaga store() {
        return Objects.requireNonNull(evidence.store.get(Good.ORDER));
    }

    @Test
    void everyInvariantHasAPlantedBug() {
        assertThat(Bug.values()).extracting(Bug::breaks).containsExactlyInAnyOrder(Invariant.values());
    }
}
