package io.gamestream.chaos.payments.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentView;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** L1: an order that is parked has one open dead letter, and no other order has any. */
class LettersTest {

    private static final String FIRST = Good.ORDER + ":parked:1";
    private static final String SECOND = Good.ORDER + ":parked:2";

    private final Evidence evidence = Good.evidence();

    @Test
    void aParkedOrderHasItsLetter() {
        parked(FIRST);
        letters(open(FIRST));
        assertThat(problems()).isEmpty();
    }

    @Test
    void anOrderIsParkedOnceMore() {
        parked(SECOND);
        letters(open(FIRST), resolved(FIRST), open(SECOND));
        assertThat(problems()).isEmpty();
    }

    @Test
    void anOrderThatHasEndedHasNoneThatIsOpen() {
        letters(open(FIRST), resolved(FIRST));
        assertThat(problems()).isEmpty();
    }

    @Test
    void aParkedOrderWithoutALetter() {
        parked(FIRST);
        assertThat(problems()).containsExactly("is parked with ord_1:parked:1, and open are []");
    }

    @Test
    void aParkedOrderWhoseLetterIsResolved() {
        parked(FIRST);
        letters(open(FIRST), resolved(FIRST));
        assertThat(problems()).containsExactly("is parked with ord_1:parked:1, and open are []");
    }

    @Test
    void aParkedOrderWithTheLetterOfAnotherTime() {
        parked(SECOND);
        letters(open(FIRST));
        assertThat(problems()).containsExactly("is parked with ord_1:parked:2, and open are [ord_1:parked:1]");
    }

    /** The newest record alone looks well. */
    @Test
    void aParkedOrderWithAnOlderLetterThatWasNeverResolved() {
        parked(SECOND);
        letters(open(FIRST), open(SECOND));
        assertThat(problems())
                .containsExactly("is parked with ord_1:parked:2, and open are [ord_1:parked:1, ord_1:parked:2]");
    }

    @Test
    void anOrderThatHasEndedWithALetterThatIsOpen() {
        letters(open(FIRST));
        assertThat(problems()).containsExactly("has ended, and open are [ord_1:parked:1]");
    }

    @Test
    void anOrderThatHasEndedWithAnOlderLetterThatWasNeverResolved() {
        letters(open(FIRST), open(SECOND), resolved(SECOND));
        assertThat(problems()).containsExactly("has ended, and open are [ord_1:parked:1]");
    }

    private List<String> problems() {
        return EndCheck.check(evidence, Set.of()).stream()
                .filter(finding -> finding.invariant() == Invariant.L1)
                .map(Finding::detail)
                .toList();
    }

    private void parked(String letter) {
        PaymentView view = Good.view();
        view.setStatus(OrderState.PARKED);
        view.setDeadLetterId(letter);
        Good.state(evidence, view);
    }

    private void letters(ParkedOrder... letters) {
        evidence.letters.put(Good.ORDER, List.of(letters));
    }

    private static ParkedOrder open(String id) {
        return letter(id, DeadLetterStatus.OPEN);
    }

    private static ParkedOrder resolved(String id) {
        return letter(id, DeadLetterStatus.RESOLVED);
    }

    private static ParkedOrder letter(String id, DeadLetterStatus status) {
        return ParkedOrder.newBuilder()
                .setDeadLetterId(id)
                .setOrderId(Good.ORDER)
                .setStatus(status)
                .setCause(ParkCause.CONFLICT)
                .setMessage("m")
                .setWhatToDo("w")
                .setHistory(List.of())
                .setParkedAt(Good.AT)
                .setUpdatedAt(Good.AT)
                .build();
    }
}
