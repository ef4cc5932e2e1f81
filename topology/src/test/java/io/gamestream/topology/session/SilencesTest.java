package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.CellCapacity;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilencesTest {

    private static final long NOW = 10_000_000;

    private final Silences silences = new Silences();

    @Test
    void aCellWhoseClockIsWrongIsNotSilent() {
        silences.see(capacity(NOW - 30_000), NOW);
        silences.see(capacity(NOW - 29_000), NOW + 1_000);
        assertThat(silences.silentMs("fra", NOW + 1_200)).isEqualTo(200);
        silences.see(capacity(NOW - 60_000), NOW + 2_000);
        assertThat(silences.silentMs("fra", NOW + 2_000))
                .as("one that goes back has told something too")
                .isZero();
    }

    @Test
    void whatIsReadAgainIsNoNews() {
        silences.see(capacity(NOW), NOW);
        silences.see(capacity(NOW), NOW + 4_000);
        assertThat(silences.silentMs("fra", NOW + 5_000)).isEqualTo(5_000);
    }

    @Test
    void aCellThatWasNeverSeenIsGivenItsTime() {
        assertThat(silences.silentMs("fra", NOW)).isZero();
    }

    private static CellCapacity capacity(long at) {
        return CellCapacity.newBuilder()
                .setCellId("fra")
                .setRegion("fra")
                .setAt(at)
                .setHosts(1)
                .setHostsReady(1)
                .setDrainableHosts(0)
                .setClasses(List.of())
                .build();
    }
}
