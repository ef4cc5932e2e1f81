package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.load.Load;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentsRunTest {

    /** While the PSP is away nothing is paid, and it has nothing to tell. */
    @ParameterizedTest
    @ValueSource(ints = {5, 20})
    void thePspIsThereWhileWebhooksAreLost(int minutes) {
        Duration within = Duration.ofMinutes(minutes);
        double from = PaymentsRun.outageFrom(within).toSeconds();
        assertThat(from / within.toSeconds()).isGreaterThan(Load.silentTo());
        assertThat(Load.silentFrom()).isLessThan(Load.silentTo());
    }

    /** Orders come that are paid after it. */
    @Test
    void thePspIsBackBeforeTheLoadEnds() {
        Duration shortest = PaymentsRun.LONG_ENOUGH_FOR_AN_OUTAGE;
        assertThat(PaymentsRun.outageFrom(shortest).plus(PaymentsRun.OUTAGE)).isLessThan(shortest.minusSeconds(30));
    }
}
