package io.gamestream.chaos.payments.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.schemas.payments.CauseKind;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantCheckTest {

    private final Evidence evidence = Good.evidence();

    private List<String> problems() {
        return GrantCheck.check(evidence).stream().map(Finding::toString).toList();
    }

    @Test
    void nothingIsWrongWithWhatWasPaidFirst() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void grantedTwiceWithOneEntry() {
        evidence.entitlements.put(
                Good.ORDER, List.of(Good.granted(GrantState.NONE, 1), Good.granted(GrantState.ACTIVE, 1)));
        assertThat(GrantCheck.check(evidence))
                .extracting(Finding::detail)
                .containsExactly("granted at entry 1 after entry 1");
    }

    @Test
    void grantedAndNeverCharged() {
        assertThat(GrantCheck.check(chargedElsewhere()))
                .extracting(Finding::detail)
                .contains("granted at entry 1, and never charged");
    }

    /** The money comes, and all is well in the end. */
    @Test
    void grantedBeforeThePspTookTheMoney() {
        Evidence early = chargedElsewhere();
        early.psp.add(Good.charged("ch_1", Good.OPERATION, Good.AT.toEpochMilli() + 70));
        assertThat(GrantCheck.check(early))
                .extracting(Finding::detail)
                .containsExactly("granted at entry 1, 70 ms before the PSP took the money");
    }

    /** The PSP had taken it, and nobody knew. */
    @Test
    void grantedBeforeTheSagaHadHeardOfTheMoney() {
        PaymentView unpaid = Good.view();
        unpaid.setPayment(PaymentState.NEW);
        unpaid.setCapturedMinor(0L);
        unpaid.setLines(List.of(new PaymentLine("g1", 1, Good.TOTAL, false, 0L, "ACTIVE")));
        JournalEntry first = Good.entry(1, "", unpaid, CauseKind.ORDER_COMMAND, "place");
        JournalEntry second = Good.entry(2, first.getHash(), Good.view(), CauseKind.WEBHOOK, "evt_1");
        evidence.journal.put(Good.ORDER, List.of(first, second));
        assertThat(problems())
                .containsExactly(
                        "S2 ord_1: granted at entry 1 with game g1 unpaid or given back: captured 0, refunded 0");
    }

    @Test
    void grantedWithAnotherGameThanThePaidOne() {
        state(new PaymentLine("g1", 1, Good.TOTAL, false, 0L, "ACTIVE"));
        assertThat(problems()).singleElement().asString().contains("game g1 unpaid or given back");
    }

    @Test
    void grantedAgainThoughThatGameWasGivenBack() {
        state(new PaymentLine("g1", 1, Good.TOTAL, true, Good.TOTAL, "ACTIVE"));
        assertThat(problems()).singleElement().asString().contains("game g1 unpaid or given back");
    }

    @Test
    void grantedWithAnEntryThatIsNotThere() {
        evidence.entitlements.put(
                Good.ORDER, List.of(Good.granted(GrantState.ACTIVE, 1), Good.granted(GrantState.ACTIVE, 2)));
        assertThat(problems()).containsExactly("S2 ord_1: granted at entry 2, which its journal doesn't have");
    }

    @Test
    void neverWrittenThoughTheJournalHasIt() {
        evidence.entitlements.clear();
        assertThat(problems())
                .containsExactly(
                        "S2 ord_1: still in force at entry 1: {g1=NONE} (expected: {g1=ACTIVE}, as its journal has it)");
    }

    /** A dispute was opened and won, and in between the player had the game. */
    @Test
    void notSuspendedWhileADisputeWasOpen() {
        disputedAndWon();
        assertThat(problems())
                .containsExactly(
                        "S2 ord_1: still in force at entry 2 while a dispute is open or lost",
                        "S2 ord_1: still in force at entry 2: {g1=ACTIVE} (expected: {g1=SUSPENDED}, as its journal has it)");
    }

    @Test
    void suspendedAndRestored() {
        disputedAndWon();
        evidence.entitlements.put(
                Good.ORDER,
                List.of(
                        Good.granted(GrantState.ACTIVE, 1),
                        Good.granted(GrantState.SUSPENDED, 2),
                        Good.granted(GrantState.ACTIVE, 3)));
        assertThat(problems()).isEmpty();
    }

    @Test
    void neverRestoredThoughTheJournalHasIt() {
        disputedAndWon();
        evidence.entitlements.put(
                Good.ORDER, List.of(Good.granted(GrantState.ACTIVE, 1), Good.granted(GrantState.SUSPENDED, 2)));
        assertThat(problems()).singleElement().asString().contains("still in force at entry 3: {g1=SUSPENDED}");
    }

    @Test
    void oneGameOfTwoIsNotAsTheJournalHasIt() {
        PaymentView view = Good.view();
        view.setLines(List.of(
                new PaymentLine("g1", 1, Good.TOTAL, true, 0L, "ACTIVE"),
                new PaymentLine("g2", 1, Good.TOTAL, true, Good.TOTAL, "REVOKED")));
        Good.state(evidence, view);
        OrderEntitlements granted = Good.granted(GrantState.ACTIVE, 1);
        granted.getGrants().add(new Grant("ord_1:g2", "g2", 1, GrantState.REVOKED, 0L));
        evidence.entitlements.put(Good.ORDER, List.of(granted));
        assertThat(problems()).isEmpty();
        granted.getGrants().get(1).setState(GrantState.SUSPENDED);
        assertThat(problems()).singleElement().asString().contains("{g1=ACTIVE, g2=SUSPENDED}");
    }

    /** The order's other games are paid, so that the PSP still has money of it. */
    @Test
    void activeThoughThePspHasGivenThatGamesMoneyBack() {
        PaymentView view = Good.view();
        view.setRefunds(List.of(new PaymentRefund("rfd", "re_1", "SUCCEEDED", 1L, List.of("g1"), null)));
        Good.state(evidence, view);
        assertThat(problems()).isEmpty();
        evidence.psp.add(Good.change("r", 1, List.of(), Good.refund(1, Refund.Status.SUCCEEDED)));
        assertThat(problems()).containsExactly("S2 ord_1: game g1 is active, and the PSP has given its money back");
    }

    @Test
    void grantedWhileADisputeIsOpen() {
        PaymentView view = Good.view();
        view.setDisputedMinor(Good.TOTAL);
        Good.state(evidence, view);
        assertThat(problems()).containsExactly("S2 ord_1: granted at entry 1 while a dispute is open or lost");
    }

    @Test
    void grantedThoughAllIsRefunded() {
        evidence.psp.add(Good.change("r", 1, List.of(), Good.refund(Refund.Status.SUCCEEDED)));
        assertThat(problems()).containsExactly("S2 ord_1: its games are active, and the PSP has 0 of its money");
    }

    @Test
    void grantedWhileADisputeIsLost() {
        evidence.psp.add(Good.change("d", 1, List.of(), Good.dispute(Dispute.Status.LOST)));
        assertThat(problems())
                .containsExactly("S2 ord_1: its games are active with an open or lost dispute at the PSP");
    }

    @Test
    void whatIsFreeNeedsNoMoney() {
        Evidence free = chargedElsewhere();
        PaymentView view = Good.view();
        view.setTotalMinor(0L);
        view.setCapturedMinor(0L);
        Good.state(free, view);
        assertThat(GrantCheck.check(free)).isEmpty();
    }

    /** Journal and entitlements of the order, and a PSP that has nothing of it. */
    private Evidence chargedElsewhere() {
        Evidence other = new Evidence();
        evidence.journal.forEach((order, entries) -> other.journal.put(order, new ArrayList<>(entries)));
        other.entitlements.putAll(evidence.entitlements);
        return other;
    }

    /** By the journal; nothing but the first grant is written. */
    private void disputedAndWon() {
        PaymentView open = Good.view();
        open.setDisputedMinor(Good.TOTAL);
        open.setLines(List.of(new PaymentLine("g1", 1, Good.TOTAL, true, 0L, "SUSPENDED")));
        JournalEntry first = Good.entry(1, "", Good.view(), CauseKind.WEBHOOK, "evt_1");
        JournalEntry second = Good.entry(2, first.getHash(), open, CauseKind.WEBHOOK, "evt_2");
        JournalEntry third = Good.entry(3, second.getHash(), Good.view(), CauseKind.WEBHOOK, "evt_3");
        evidence.journal.put(Good.ORDER, List.of(first, second, third));
    }

    private void state(PaymentLine line) {
        PaymentView view = Good.view();
        view.setLines(List.of(line));
        Good.state(evidence, view);
    }
}
