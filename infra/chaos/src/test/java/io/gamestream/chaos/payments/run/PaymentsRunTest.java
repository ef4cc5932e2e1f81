package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.load.Load;
import org.junit.jupiter.api.Test;

class PaymentsRunTest {

    /** While the PSP is away nothing is paid, and it has nothing to tell. */
    @Test
    void webhooksAreLostWhenThePspIsBackAgain() {
        double shortest = PaymentsRun.LONG_ENOUGH_FOR_AN_OUTAGE.toSeconds();
        double back = PaymentsRun.OUTAGE_FROM.plus(PaymentsRun.OUTAGE).toSeconds();
        assertThat(shortest * Load.silentFrom()).isGreaterThan(back);
    }
}
