package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final CellSettings CELL = new CellSettings(Cells.CELL, Cells.REGION, 0);

    private final List<ReplayRun.Logged> inbox = new ArrayList<>();
    private final List<SlotEvent> committed = new ArrayList<>();
    private final StringWriter printed = new StringWriter();

    /** Two hosts, one with room for two; four players, each for five minutes, the last two from far away. */
    @BeforeEach
    void anEvening() {
        Cell cell = Cell.empty(Cells.CELL, Cells.REGION);
        long now = 1_000_000;
        log(cell, now, Cells.policySet(Cells.policy(Packing.PACK, 0.25)));
        log(cell, now, Cells.tick(now));
        log(cell, now, Cells.report(now, "h-1", "b", 1, Cells.idle(4)));
        for (String player : List.of("a", "b", "c")) {
            log(cell, now, Cells.ticket(player).away().tried().place(now));
        }
        log(cell, now, Cells.ticket("d").away().place(now));
        log(cell, now + 1_000, Cells.tick(now + 1_000));
        log(
                cell,
                now + 300_000,
                Cells.report(
                        now + 300_000,
                        "h-1",
                        "b",
                        2,
                        Cells.slot(SlotPhase.RUNNING, 1),
                        Cells.slot(SlotPhase.RUNNING, 1),
                        Cells.slot(SlotPhase.RUNNING, 1),
                        Cells.slot(SlotPhase.IDLE, 0)));
        log(
                cell,
                now + 300_000,
                Cells.report(
                        now + 300_000,
                        "h-1",
                        "b",
                        3,
                        Cells.slot(SlotPhase.CLEANING, 1),
                        Cells.slot(SlotPhase.RUNNING, 1),
                        Cells.slot(SlotPhase.RUNNING, 1),
                        Cells.slot(SlotPhase.IDLE, 0)));
        log(
                cell,
                now + 302_000,
                Cells.report(
                        now + 302_000,
                        "h-1",
                        "b",
                        4,
                        Cells.slot(SlotPhase.IDLE, 1),
                        Cells.slot(SlotPhase.RUNNING, 1),
                        Cells.slot(SlotPhase.RUNNING, 1),
                        Cells.slot(SlotPhase.IDLE, 0)));
    }

    @Test
    void decidesTheSameToTheBit() {
        assertThat(run(0, null)).isTrue();
        assertThat(printed.toString())
                .contains("the same to the bit: all " + committed.size() + " committed slot events")
                .contains("grants 4")
                .contains("wait p50 0.0 s p99 302.0 s");
        String first = hash();
        printed.getBuffer().setLength(0);
        run(0, null);
        assertThat(hash()).isEqualTo(first).hasSize(64);
    }

    @Test
    void saysWhatWasCommittedOtherwise() {
        committed.set(4, SlotEvent.newBuilder(committed.get(4)).setToken(7).build());
        assertThat(run(0, null)).isFalse();
        assertThat(printed.toString()).contains("DIFFERENT: h-1#").contains("\"token\": 7");
    }

    @Test
    void missesWhatWasNotCommitted() {
        committed.remove(1);
        assertThat(run(0, null)).isFalse();
        assertThat(printed.toString()).contains("1 slot events were decided and never committed");
    }

    @Test
    void comparesOnlyFromATimeOn() {
        committed.removeIf(event -> event.getAt() < 1_300_000);
        assertThat(run(1_300_000, null)).isTrue();
        assertThat(printed.toString()).contains("grants 1,");
    }

    @Test
    void showsHowAnotherPolicyWouldHaveDone() {
        run(0, Cells.policy(Packing.PACK, 0));
        assertThat(printed.toString())
                .contains("as it was     grants 4, moves 0, queued 1, ")
                .contains("other policy  grants 4, moves 0, queued 0, ");
    }

    private String hash() {
        return printed.toString()
                .lines()
                .filter(line -> line.startsWith("decisions "))
                .findFirst()
                .orElseThrow()
                .substring("decisions ".length());
    }

    private boolean run(long from, @Nullable CellPolicy other) {
        return new ReplayRun(CELL, from, new PrintWriter(printed)).run(inbox, committed, other);
    }

    private void log(Cell cell, long timestamp, CellRecord record) {
        inbox.add(new ReplayRun.Logged(record, timestamp));
        committed.addAll(CellMachine.decide(cell, record).slotEvents());
    }
}
