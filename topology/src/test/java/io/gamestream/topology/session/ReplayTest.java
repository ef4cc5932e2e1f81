package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final CellSettings CELL = new CellSettings(Cells.CELL, Cells.REGION, 0);

    private final List<Logged<CellRecord>> inbox = new ArrayList<>();
    private final List<Logged<SlotEvent>> committed = new ArrayList<>();
    private final Map<Long, String> hashes = new HashMap<>();
    private final StringWriter printed = new StringWriter();

    /** A host with room for four, the last one for its own players; five from elsewhere, of whom one leaves after five minutes. */
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
        log(cell, now + 2_000, Cells.ticket("e").away().place(now + 2_000));
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
                .contains("the same to the bit: all " + committed.size() + " committed slot events, 1 checkpoints")
                .contains("grants 4")
                .contains("wait p50 0.0 s p99 302.0 s");
        String first = hash();
        printed.getBuffer().setLength(0);
        run(0, null);
        assertThat(hash()).isEqualTo(first).hasSize(64);
    }

    @Test
    void saysWhatWasCommittedOtherwise() {
        Logged<SlotEvent> fifth = committed.get(4);
        committed.set(
                4,
                new Logged<>(
                        SlotEvent.newBuilder(fifth.value()).setToken(7).build(), fifth.timestamp(), fifth.offset()));
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
        committed.removeIf(event -> event.timestamp() < 1_300_000);
        assertThat(run(1_300_000, null)).isTrue();
        assertThat(printed.toString()).contains("grants 1,");
    }

    @Test
    void nothingToCompareIsNotTheSame() {
        hashes.clear();
        assertThat(run(9_000_000, null)).isFalse();
        assertThat(printed.toString()).contains("NOTHING COMPARED").doesNotContain("the same to the bit");
    }

    @Test
    void showsHowAnotherPolicyWouldHaveDone() {
        run(0, Cells.policy(Packing.PACK, 0));
        assertThat(printed.toString())
                .contains("as it was     grants 4, moves 0, queued 2, ")
                .contains("other policy  grants 5, moves 0, queued 1, ");
    }

    private String hash() {
        return printed.toString()
                .lines()
                .filter(line -> line.startsWith("decisions "))
                .findFirst()
                .orElseThrow()
                .substring("decisions ".length());
    }

    @Test
    void startsAtACheckpointAndDecidesTheSame() {
        run(1_300_000, null);
        String whole = hash();
        printed.getBuffer().setLength(0);
        assertThat(run(after(8), 1_300_000, null)).isTrue();
        assertThat(printed.toString())
                .contains("from the checkpoint of 1970-01-01T00:16:41Z at offset 7")
                .contains("1 checkpoints");
        assertThat(hash()).isEqualTo(whole);
    }

    @Test
    void whatCameBeforeTheCheckpointIsNotCompared() {
        assertThat(run(after(8), 0, null)).isTrue();
        assertThat(printed.toString()).contains("the same to the bit: all 6 committed slot events");
    }

    @Test
    void noticesACellThatIsNotAsItsCheckpointSays() {
        hashes.put(9L, "another");
        assertThat(run(0, null)).isFalse();
        assertThat(printed.toString()).contains("DIFFERENT: at offset 9 of the inbox the cell has the hash ");
    }

    @Test
    void sessionsThatWereThereAtTheCheckpointGoOnUnderAnotherPolicy() {
        // Three of four slots are taken, and the fourth is the home players': only without a reserve is there room for
        // "d".
        run(after(8), 0, Cells.policy(Packing.PACK, 0));
        assertThat(printed.toString())
                .contains("as it was     grants 1, moves 0, queued 1, ")
                .contains("other policy  grants 2, moves 0, queued 1, ");
    }

    private boolean run(long from, @Nullable CellPolicy other) {
        return run(new ReplayInput(Optional.empty(), inbox, committed, hashes), from, other);
    }

    private boolean run(ReplayInput input, long from, @Nullable CellPolicy other) {
        return new ReplayRun(CELL, from, new PrintWriter(printed)).run(input, other);
    }

    /** What there is to read where only a checkpoint has the first records. */
    private ReplayInput after(int records) {
        Cell cell = Cell.empty(Cells.CELL, Cells.REGION);
        inbox.subList(0, records).forEach(logged -> CellMachine.decide(cell, logged.value()));
        Checkpoint start =
                Checkpoint.of(cell, records - 1L, inbox.get(records - 1).timestamp());
        return new ReplayInput(Optional.of(start), inbox.subList(records, inbox.size()), committed, hashes);
    }

    private void log(Cell cell, long timestamp, CellRecord record) {
        long offset = inbox.size();
        inbox.add(new Logged<>(record, timestamp, offset));
        CellMachine.decide(cell, record)
                .slotEvents()
                .forEach(event -> committed.add(new Logged<>(event, timestamp, committed.size())));
        if (offset == 8) {
            hashes.put(offset, CellHash.of(cell));
        }
    }
}
