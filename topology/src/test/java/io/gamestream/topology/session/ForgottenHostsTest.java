package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts that don't come back leave nothing behind but what one of the same name must not get again. */
class ForgottenHostsTest {

    private static final int LEASE_AND_MARGIN = 18;
    private static final int FORGET_AFTER = 30;

    private final Cell cell = Cell.empty(Cells.CELL, Cells.REGION);
    private final RowStore rows = new RowStore(cell);
    private final List<CellRecord> inbox = new ArrayList<>();
    private final List<SlotEvent> events = new ArrayList<>();
    private final DecisionHash hash = new DecisionHash();
    private @Nullable CellCapacity capacity;
    private long now = 1_000_000;
    private long seq;

    @BeforeEach
    void aCellThatForgets() {
        policy(Duration.ofSeconds(FORGET_AFTER));
        fold(Cells.tick(now));
    }

    @Test
    void aHostThatIsGivenUpCountsUntilItIsForgotten() {
        play("ann");
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        ticks(LEASE_AND_MARGIN + FORGET_AFTER - 1);
        assertThat(hosts()).isEqualTo(1);
        assertThat(cell.hosts().count(GpuClass.STANDARD).slots()).isEqualTo(2);

        CellDecision last = ticks(1);
        assertThat(last.hosts()).containsEntry("h-1", Optional.empty());
        assertThat(hosts()).isZero();
        assertThat(cell.hosts().all()).isEmpty();
        assertThat(cell.hosts().count(GpuClass.STANDARD)).isEqualTo(ClassCount.NONE);
        assertThat(cell.deadlines()).isEqualTo(cell.tickets().all().size());
        assertThat(rows.load().hostRows()).isEmpty();
        assertThat(audited()).isEmpty();
    }

    @Test
    void aDrainedHostWhoseMaintenanceIsToComeIsForgottenToo() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        fold(Cells.drain(now, "h-1", true, Duration.ofHours(1).toMillis()));
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        ticks(LEASE_AND_MARGIN + FORGET_AFTER);
        assertThat(cell.hosts().all()).isEmpty();
        assertThat(cell.deadlines()).isZero();
    }

    @Test
    void whatIsSaidOfAForgottenHostChangesNothing() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        ticks(LEASE_AND_MARGIN + FORGET_AFTER);
        assertThat(fold(Cells.state(now, "h-1", "b", HostHealth.DEAD)).hosts()).isEmpty();
    }

    @Test
    void aHostThatIsBackInTimeIsWhoItWas() {
        play("ann");
        fold(Cells.withdraw(now, "s-ann", "s-ann"));
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        ticks(LEASE_AND_MARGIN + 1);
        fold(Cells.report(now, "h-1", "b", ++seq, Cells.idle(2)));
        fold(Cells.state(now, "h-1", "b", HostHealth.ALIVE));
        ticks(2 * FORGET_AFTER);
        assertThat(cell.hosts().all()).hasSize(1);
        assertThat(grant("bob").getToken()).isEqualTo(2);
    }

    /** It may have seen the tokens of before, whether or not it has started anew, and refuses what isn't higher. */
    @Test
    void aHostThatComesBackAfterThatGetsHigherTokensThanItHasSeen() {
        for (String player : List.of("ann", "bob", "cid")) {
            play(player);
            fold(Cells.withdraw(now, "s-" + player, "s-" + player));
            fold(Cells.report(now, "h-1", "b", ++seq, Cells.idle(2)));
        }
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        ticks(LEASE_AND_MARGIN + FORGET_AFTER);
        assertThat(cell.hosts().all()).isEmpty();

        fold(Cells.report(now, "h-1", "b", ++seq, Cells.idle(2)));
        Assignment granted = grant("dan");
        assertThat(granted.getHostId()).isEqualTo("h-1");
        assertThat(granted.getToken()).isEqualTo(4);
        assertThat(audited()).isEmpty();
    }

    /** Every new slot of the cell would be granted under tokens that no router takes in a heartbeat. */
    @Test
    void aTokenThatAHostMadeUpIsNotHandedDown() {
        fold(Cells.report(now, "liar", "b", 1, Cells.slot(SlotPhase.RUNNING, 1L << 53), Cells.slot(SlotPhase.IDLE, 0)));
        fold(Cells.state(now, "liar", "b", HostHealth.DEAD));
        ticks(LEASE_AND_MARGIN + FORGET_AFTER);
        assertThat(cell.hosts().all()).isEmpty();
        fold(Cells.report(now, "h-1", "b", ++seq, Cells.idle(2)));
        assertThat(grant("ann").getToken()).isEqualTo(1);
    }

    @Test
    void aReplayForgetsTheSameAtTheSameRecord() {
        aHostThatComesBackAfterThatGetsHigherTokensThanItHasSeen();
        Cell other = Cell.empty(Cells.CELL, Cells.REGION);
        DecisionHash again = new DecisionHash();
        inbox.forEach(record -> again.add(CellMachine.decide(other, record)));
        assertThat(again.value()).isEqualTo(hash.value());
        assertThat(CellHash.of(other)).isEqualTo(CellHash.of(cell));
        assertThat(CellHash.of(rows.load())).isEqualTo(CellHash.of(cell));
        assertThat(CellHash.of(Checkpoint.of(cell, 7, now).load(Cells.REGION))).isEqualTo(CellHash.of(cell));
    }

    /** The floor is all that the cell still knows of what was committed of forgotten slots. */
    @Test
    void aReplayFromAfterThatTakesWhatWasCommittedBeforeForGiven() {
        aHostThatIsGivenUpCountsUntilItIsForgotten();
        Replay replay = new Replay(Checkpoint.of(cell, 7, now).load(Cells.REGION), 0);
        int before = events.size();
        CellRecord back = Cells.report(now, "h-1", "b", ++seq, Cells.idle(2));
        fold(back);
        replay.add(back, now);
        assertThat(events.size()).isGreaterThan(before);
        assertThat(events.stream().flatMap(event -> replay.difference(event).stream()))
                .isEmpty();
        assertThat(replay.compared()).isEqualTo(events.size() - before);
        assertThat(replay.unmet()).isZero();
    }

    @Test
    void underAPolicyOfBeforeNothingIsForgottenUntilItIsReplaced() {
        String text = PolicyJson.write(Cells.policy());
        String before = text.replace("\"forgetHostsAfter\":\"PT24H\",", "");
        assertThat(before).isNotEqualTo(text);
        assertThat(PolicyJson.read(before).forgetHostsAfter()).isZero();

        policy(Duration.ZERO);
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        ticks(LEASE_AND_MARGIN + 10 * FORGET_AFTER);
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        assertThat(cell.hosts().all()).hasSize(1);

        policy(Duration.ofSeconds(FORGET_AFTER));
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        ticks(FORGET_AFTER);
        assertThat(cell.hosts().all()).isEmpty();
    }

    private void policy(Duration forgetAfter) {
        fold(Cells.policySet(Cells.policy(Packing.PACK, 0, forgetAfter)));
    }

    private void play(String player) {
        fold(Cells.report(now, "h-1", "b", ++seq, Cells.idle(2)));
        long token = grant(player).getToken();
        fold(Cells.report(now, "h-1", "b", ++seq, Cells.slot(SlotPhase.RUNNING, token), Cells.slot(SlotPhase.IDLE, 0)));
    }

    private Assignment grant(String player) {
        return fold(Cells.ticket(player).place(now)).assignments().stream()
                .filter(assignment -> assignment.getStatus() == SessionStatus.GRANTED)
                .findFirst()
                .orElseThrow();
    }

    private List<String> audited() {
        SlotAudit audit = new SlotAudit();
        events.forEach(audit::observe);
        return audit.violations();
    }

    private int hosts() {
        return Objects.requireNonNull(capacity).getHosts();
    }

    private CellDecision ticks(int seconds) {
        CellDecision last = new CellDecision();
        for (int i = 0; i < seconds; i++) {
            now += 1_000;
            last = fold(Cells.tick(now));
            assertThat(last.violation()).isNull();
        }
        return last;
    }

    private CellDecision fold(CellRecord record) {
        inbox.add(record);
        CellDecision decision = CellMachine.decide(cell, record);
        hash.add(decision);
        rows.write(cell, decision);
        events.addAll(decision.slotEvents());
        if (decision.capacity() != null) {
            capacity = decision.capacity();
        }
        return decision;
    }
}
