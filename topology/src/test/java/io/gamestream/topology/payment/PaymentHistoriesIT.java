package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** 100,000 random histories against the PSP's own books. */
class PaymentHistoriesIT {

    @Test
    void whateverHappensTheSagaComesToWhatThePspHas() {
        assertThat(PaymentHistoriesTest.failing(1_000_000, 1_100_000)).isEmpty();
    }
}
