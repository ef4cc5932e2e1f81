package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SessionStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The evening on which everybody comes at once. */
class LaunchTest {

    private static final int PLAYERS = 10_000;
    private static final int SLOTS = 1_000;
    private static final long NOW = 1_000_000;
    private static final List<String> TIERS = List.of("FREE", "PLUS", "ULTIMATE");

    private Cell cell = Cell.empty(Cells.CELL, Cells.REGION);
    private final RowStore rows = new RowStore(cell);
    private final Map<String, SessionStatus> told = new HashMap<>();

    @Test
    void tenThousandRequestsForAThousandSlotsWithARestartInTheMiddle() {
        Random random = new Random(7);
        fold(Cells.policySet(Cells.policy()));
        fold(Cells.tick(NOW));
        for (int host = 0; host < SLOTS / 4; host++) {
            fold(Cells.report(NOW, "h-" + host, "b", 1, Cells.idle(4)));
        }
        for (int i = 0; i < PLAYERS; i++) {
            if (i == PLAYERS / 2) {
                cell = rows.load();
            }
            String tier = TIERS.get(random.nextInt(TIERS.size()));
            fold(Cells.ticket("p" + i)
                    .tier(tier)
                    .at(NOW + random.nextInt(5_000))
                    .place(NOW));
        }
        assertThat(told.values().stream().filter(status -> status == SessionStatus.GRANTED))
                .hasSize(SLOTS);
        assertThat(told.values().stream().filter(status -> status == SessionStatus.QUEUED))
                .hasSize(PLAYERS - SLOTS);
        List<TicketRow> line = new ArrayList<>();
        cell.tickets().home(GpuClass.STANDARD).forEach(line::add);
        assertThat(line).hasSize(PLAYERS - SLOTS).isSortedAccordingTo(TicketIndex.ORDER);

        for (TicketRow next : line.subList(0, 20)) {
            assertThat(fold(Cells.withdraw(NOW, granted(), granted())).assignments())
                    .filteredOn(assignment -> assignment.getStatus() == SessionStatus.GRANTED)
                    .extracting(Assignment::getSessionId)
                    .containsExactly(next.getTicketId());
        }
        assertThat(Conservation.violation(cell)).isNull();
    }

    /** Some session that has a slot. */
    private String granted() {
        return told.entrySet().stream()
                .filter(entry -> entry.getValue() == SessionStatus.GRANTED)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private CellDecision fold(CellRecord record) {
        CellDecision decision = CellMachine.decide(cell, record);
        rows.write(cell, decision);
        decision.assignments().forEach(assignment -> told.put(assignment.getSessionId(), assignment.getStatus()));
        return decision;
    }
}
