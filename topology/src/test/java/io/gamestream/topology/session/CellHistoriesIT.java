package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** 100,000 random lives of a cell. */
class CellHistoriesIT {

    @Test
    void whateverHappensNoGateIsBroken() {
        assertThat(CellHistoriesTest.failing(1_000_000, 1_100_000)).isEmpty();
    }
}
