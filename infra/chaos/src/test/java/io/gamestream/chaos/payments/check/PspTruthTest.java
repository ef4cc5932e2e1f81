package io.gamestream.chaos.payments.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.local.psp.log.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PspTruthTest {

    private final PspTruth psp = Good.evidence().psp;

    @Test
    void anOrderIsUntoldWhereAllItsWebhooksWereLost() {
        assertThat(psp.untold()).isEmpty();
        delivery("evt_1", "lost", 0);
        delivery("evt_1", "forged", 400);
        assertThat(psp.untold()).containsExactly(Good.ORDER);
    }

    @Test
    void oneThatWasToldTwiceAndLostOnceHasArrived() {
        delivery("evt_1", "lost", 0);
        delivery("evt_1", "duplicate", 200);
        assertThat(psp.untold()).isEmpty();
    }

    /** The refund's event names the order by its charge. */
    @Test
    void oneOfSeveralWebhooksIsEnough() {
        delivery("evt_1", "lost", 0);
        psp.add(Good.change(
                "r",
                2,
                List.of(new PspEvent("evt_2", 2, "refund.created", "re_1", null, null)),
                Good.refund(Refund.Status.SUCCEEDED)));
        delivery("evt_2", "delivered", 200);
        assertThat(psp.untold()).isEmpty();
    }

    private void delivery(String event, String outcome, int status) {
        psp.add(new Entry.Delivery(3, event, 1, outcome, status));
    }
}
