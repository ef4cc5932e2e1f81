package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random lives of a cell; {@code -Dsession.histories=100000} before a release. */
class CellHistoriesIT {

    private static final long FIRST = 1_000_000;

    @Test
    void whateverHappensNoGateIsBroken() {
        assertThat(CellHistoriesTest.failing(FIRST, FIRST + Long.getLong("session.histories", 1_000)))
                .isEmpty();
    }
}
