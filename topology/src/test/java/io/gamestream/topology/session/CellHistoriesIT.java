package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** 100,000 random lives of a cell; {@code -Dhistories=N} for another number. */
class CellHistoriesIT {

    private static final long FIRST = 1_000_000;

    @Test
    void whateverHappensNoGateIsBroken() {
        assertThat(CellHistoriesTest.failing(FIRST, FIRST + Long.getLong("histories", 100_000)))
                .isEmpty();
    }
}
