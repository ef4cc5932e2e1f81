package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random histories against the PSP's own books, as many as {@code -Dpayment.histories=100000} says; a build runs some thousands
 * (CONTRIBUTING.md has the whole command).
 */
class PaymentHistoriesIT {

    private static final long FIRST = 1_000_000;

    @Test
    void whateverHappensTheSagaComesToWhatThePspHas() {
        assertThat(PaymentHistoriesTest.failing(FIRST, FIRST + Long.getLong("payment.histories", 5_000)))
                .isEmpty();
    }
}
