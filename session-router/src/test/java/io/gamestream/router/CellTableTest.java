package io.gamestream.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.CellCapacity;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTableTest {

    private final CellTable cells = new CellTable();

    @Test
    void whatACellToldLastCountsThoughTheLogIsReadAgain() {
        assertThat(cells.find("fra-1")).isEmpty();
        cells.tell(capacity(60_000), 1);
        cells.tell(capacity(15_000), 2);
        cells.tell(capacity(60_000), 1);
        assertThat(cells.find("fra-1").orElseThrow().getLeaseMs()).isEqualTo(15_000);
        cells.tell(capacity(20_000), 3);
        assertThat(cells.find("fra-1").orElseThrow().getLeaseMs()).isEqualTo(20_000);
    }

    private static CellCapacity capacity(long leaseMs) {
        return CellCapacity.newBuilder()
                .setCellId("fra-1")
                .setRegion("fra")
                .setAt(1_000)
                .setHosts(0)
                .setHostsReady(0)
                .setDrainableHosts(0)
                .setLeaseMs(leaseMs)
                .setClasses(List.of())
                .build();
    }
}
