package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.internal.sessions.HostWatch;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.ClearHalt;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.HostSignalKind;
import io.gamestream.schemas.sessions.HostState;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchMachineTest {

    private static final WatchPolicy POLICY = new WatchPolicy(
            Duration.ofSeconds(6),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            0.5,
            10);

    private final Set<HostWatch> kept = new LinkedHashSet<>();
    private WatchMachine machine = new WatchMachine(POLICY);
    private final List<CellRecord> said = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private final Set<Integer> fleet = new HashSet<>();
    private long now = 1_000_000;
    private long seq;

    @BeforeEach
    void aHostThatBeats() {
        beats(1);
        heartbeat("b-1", Cells.idle(2));
        said.clear();
    }

    @Test
    void aNewHostIsReportedAtOnceAndThenOnlyWhatIsNew() {
        heartbeat("b-1", Cells.idle(2));
        assertThat(said).isEmpty();
        heartbeat("b-1", Cells.slot(SlotPhase.STARTING, 1), Cells.slot(SlotPhase.IDLE, 0));
        assertThat(said).singleElement().satisfies(record -> assertThat(record.getBody())
                .isInstanceOf(HostReport.class));
    }

    @Test
    void whatIsNotNewIsReportedNowAndThenAnyway() {
        for (int i = 0; i < 11; i++) {
            beats(1);
            heartbeat("b-1", Cells.idle(2));
        }
        assertThat(said).hasSize(1);
    }

    @Test
    void aProbeThatFailedBeforeTheHostWasHeardConfirmsNoLaterSilence() {
        beats(4);
        signal(HostSignalKind.UNREACHABLE);
        heartbeat("b-1", Cells.idle(2));
        beats(6);
        assertThat(health()).containsExactly(HostHealth.SUSPECT);
    }

    @Test
    void anOperatorsWordForACellGoesToItsInbox() {
        said.addAll(machine.decide(HostSignal.newBuilder()
                        .setKind(HostSignalKind.CLEAR_HALT)
                        .setAt(now)
                        .setCellId("eu-west-1")
                        .setClearHalt(new ClearHalt("ann"))
                        .build())
                .records());
        assertThat(said).singleElement().satisfies(record -> {
            assertThat(record.getCellId()).isEqualTo("eu-west-1");
            assertThat(record.getBody()).isEqualTo(new ClearHalt("ann"));
        });
    }

    @Test
    void silenceMakesAHostSuspectAndASecondSignalDead() {
        beats(5);
        assertThat(said).isEmpty();
        beats(1);
        assertThat(health()).containsExactly(HostHealth.SUSPECT);
        beats(60);
        assertThat(health()).containsOnly(HostHealth.SUSPECT).hasSize(7);
        said.clear();
        signal(HostSignalKind.UNREACHABLE);
        beats(1);
        assertThat(health()).containsExactly(HostHealth.DEAD);
        beats(60);
        assertThat(health()).containsOnly(HostHealth.DEAD).hasSize(7);
    }

    @Test
    void aHostThatBeatsIsNotDeadHoweverUnreachableItIs() {
        signal(HostSignalKind.UNREACHABLE);
        for (int i = 0; i < 30; i++) {
            beats(1);
            heartbeat("b-1", Cells.idle(2));
        }
        assertThat(health()).isEmpty();
    }

    @Test
    void whereNoRouterIsHeardNoHostIsSilent() {
        now += 3_600_000;
        beats(1);
        assertThat(health()).isEmpty();
    }

    @Test
    void aHostThatComesBackIsReportedBeforeItIsTrusted() {
        beats(6);
        said.clear();
        heartbeat("b-1", Cells.idle(2));
        assertThat(said).hasSize(2);
        assertThat(said.get(0).getBody()).isInstanceOf(HostReport.class);
        assertThat(health()).containsExactly(HostHealth.ALIVE);
    }

    @Test
    void aHostThatFlapsIsTrustedLaterEachTime() {
        flap();
        assertThat(health()).containsExactly(HostHealth.SUSPECT, HostHealth.ALIVE);
        said.clear();
        flap();
        assertThat(health()).containsExactly(HostHealth.SUSPECT, HostHealth.UNSTABLE);
        assertThat(secondsUntilTrusted()).isEqualTo(10);
        said.clear();
        flap();
        assertThat(health()).containsExactly(HostHealth.SUSPECT, HostHealth.UNSTABLE);
        assertThat(secondsUntilTrusted()).isEqualTo(20);
    }

    @Test
    void thatAHostIsBackIsSaidAgainWithItsReports() {
        flap();
        said.clear();
        for (int i = 0; i < 10; i++) {
            beats(1);
            heartbeat("b-1", Cells.idle(2));
        }
        assertThat(health()).containsExactly(HostHealth.ALIVE);
    }

    @Test
    void anInstanceThatTakesOverSuspectsNobodyAtOnceAndTrustsWhoWasUnstable() {
        flap();
        flap();
        WatchMachine next = new WatchMachine(POLICY);
        kept.forEach(next::load);
        said.clear();
        machine = next;
        beats(5);
        assertThat(health()).isEmpty();
        heartbeat("b-1", Cells.idle(2));
        assertThat(health()).containsExactly(HostHealth.UNSTABLE);
        for (int i = 0; i < 6; i++) {
            beats(1);
            heartbeat("b-1", Cells.idle(2));
        }
        assertThat(health()).endsWith(HostHealth.ALIVE);
    }

    @Test
    void aNewBootIsAHostThatNothingIsSaidAgainst() {
        beats(6);
        said.clear();
        seq = 0;
        heartbeat("b-2", Cells.idle(2));
        assertThat(said).singleElement().satisfies(record -> assertThat(((HostReport) record.getBody()).getBootId())
                .isEqualTo("b-2"));
    }

    @Test
    void aCellThatAHostHasLeftForAnotherHearsThatItIsDead() {
        heartbeatIn("elsewhere", "b-2", 1);
        assertThat(said).hasSize(3);
        assertThat(said.get(0).getCellId()).isEqualTo(Cells.CELL);
        assertThat(said.get(0).getBody()).isEqualTo(state("b-1", HostHealth.DEAD));
        assertThat(said.get(1).getCellId()).isEqualTo("elsewhere");
        assertThat(said.get(1).getBody()).isInstanceOf(HostReport.class);
        assertThat(said.get(2).getBody()).isEqualTo(state("b-2", HostHealth.ALIVE));
    }

    /** Such as a heartbeat that a router kept while Kafka was away: the new cell would give up a host that beats. */
    @Test
    void aLateWordOfTheBootBeforeTheMoveDoesNotKeepTheNewCellFromTheHost() {
        heartbeatIn("elsewhere", "b-2", 1);
        heartbeatIn(Cells.CELL, "b-1", 2);
        heartbeatIn("elsewhere", "b-2", 2);
        assertThat(said.stream()
                        .filter(record -> record.getCellId().equals("elsewhere"))
                        .map(CellRecord::getBody)
                        .filter(HostState.class::isInstance))
                .last()
                .isEqualTo(state("b-2", HostHealth.ALIVE));
    }

    @Test
    void aRouterWhoseClockWasAheadStopsTimeForHalfAMinuteAtMost() {
        long right = now;
        now += 3_600_000;
        beats(1);
        now = right;
        beats(30);
        assertThat(health()).isEmpty();
        beats(6);
        assertThat(health()).containsExactly(HostHealth.SUSPECT);
    }

    /** Otherwise time would go on twice with each of their beats. */
    @Test
    void aRouterThatIsBehindAnotherMovesNoTime() {
        for (int second = 0; second < 5; second++) {
            beats(1);
            now -= 20_000;
            beats(1);
            now += 19_000;
        }
        assertThat(health()).isEmpty();
        beats(1);
        assertThat(health()).containsExactly(HostHealth.SUSPECT);
    }

    @Test
    void anOldHeartbeatIsNoSignOfLife() {
        beats(5);
        seq = 0;
        heartbeat("b-1", Cells.idle(2));
        beats(1);
        assertThat(health()).containsExactly(HostHealth.SUSPECT);
    }

    @Test
    void aDrainGoesToTheHostsCell() {
        fold(HostSignal.newBuilder()
                .setKind(HostSignalKind.DRAIN)
                .setAt(now)
                .setCellId(Cells.CELL)
                .setHostId("h-1")
                .setDrain(HostDrain.newBuilder()
                        .setHostId("h-1")
                        .setDraining(true)
                        .build())
                .build());
        assertThat(said).singleElement().satisfies(record -> {
            assertThat(record.getCellId()).isEqualTo(Cells.CELL);
            assertThat(record.getBody()).isInstanceOf(HostDrain.class);
        });
    }

    @Test
    void whereMostHostsFallSilentAtOnceNobodyIsSuspected() {
        fleetBeats(0, 30);
        beats(30);
        assertThat(health()).isEmpty();
        assertThat(machine.massSilence()).isEqualTo(31);
        fleetBeats(0, 30);
        heartbeat("b-1", Cells.idle(2));
        beats(1);
        assertThat(machine.massSilence()).isZero();
        assertThat(health()).isEmpty();
    }

    /** Also where beats don't come together: the first third is silent before the last is missed. */
    @Test
    void theFirstOfManyThatFallSilentAreNotSuspectedEither() {
        for (int second = 0; second < 3; second++) {
            fleetBeats(10 * second, 10 * second + 10);
            beats(1);
        }
        heartbeat("b-1", Cells.idle(2));
        beats(30);
        assertThat(health()).isEmpty();
    }

    @Test
    void whoIsSilentAndFoundAwayIsDeadThoughManyAreSilent() {
        fleetBeats(0, 30);
        beats(8);
        signal(HostSignalKind.UNREACHABLE);
        beats(1);
        assertThat(health()).containsExactly(HostHealth.DEAD);
    }

    @Test
    void whereLessThanHalfFallSilentEachIsSuspected() {
        fleetBeats(0, 30);
        for (int second = 0; second < 7; second++) {
            beats(1);
            fleetBeats(15, 30);
            heartbeat("b-1", Cells.idle(2));
        }
        assertThat(health()).hasSize(15).containsOnly(HostHealth.SUSPECT);
    }

    @Test
    void aFewHostsAreNeverMany() {
        fleetBeats(0, 5);
        beats(7);
        assertThat(health()).hasSize(6).containsOnly(HostHealth.SUSPECT);
    }

    @Test
    void aHostThatIsSilentForLongIsForgotten() {
        beats(6 + 3_599);
        assertThat(forgotten).isEmpty();
        assertThat(machine.watched()).isEqualTo(1);
        beats(1);
        assertThat(forgotten).containsExactly("h-1");
        assertThat(machine.watched()).isZero();
        said.clear();
        beats(60);
        assertThat(said).isEmpty();
    }

    /** Its cell knows it for as long as that takes there, and trusts nobody's reports alone. */
    @Test
    void aHostThatIsBackAfterThatIsSaidToBeAlive() {
        beats(6 + 3_600);
        said.clear();
        heartbeat("b-1", Cells.idle(2));
        assertThat(said).hasSize(2);
        assertThat(said.get(0).getBody()).isInstanceOf(HostReport.class);
        assertThat(health()).containsExactly(HostHealth.ALIVE);
    }

    @Test
    void anInstanceThatTakesOverGoesOnCounting() {
        beats(6 + 3_000);
        machine = new WatchMachine(POLICY);
        kept.forEach(machine::load);
        beats(590);
        assertThat(forgotten).isEmpty();
        beats(20);
        assertThat(forgotten).containsExactly("h-1");
    }

    @Test
    void aHostThatComesBackIsNotForgottenBecauseOfEarlierSilences() {
        beats(6 + 3_500);
        heartbeat("b-1", Cells.idle(2));
        beats(6 + 3_599);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void hostsThatWereTakenAwayDoNotHideTheSilenceOfOthers() {
        fleetBeats(0, 29);
        // 12 of 30 are switched off, and nobody tries their addresses.
        live(600 + 10, 12, 29);
        said.clear();
        // 4 of 18.
        live(6, 16, 29);
        assertThat(machine.massSilence()).isZero();
        assertThat(saidOf("fleet-12")).contains(HostHealth.SUSPECT);
    }

    @Test
    void aMassSilenceIsOneHoweverLongItLasts() {
        fleetBeats(0, 29);
        beats(2 * 3_600);
        assertThat(machine.massSilence()).isEqualTo(30);
        assertThat(health()).isEmpty();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aHeartbeatWithoutAReportIsRefused() {
        assertThatThrownBy(() -> signal(HostSignalKind.HEARTBEAT))
                .hasMessage("a HEARTBEAT of host h-1 without what belongs to it");
    }

    private void heartbeatIn(String cellId, String bootId, long number) {
        fold(HostSignal.newBuilder()
                .setKind(HostSignalKind.HEARTBEAT)
                .setAt(now)
                .setCellId(cellId)
                .setHostId("h-1")
                .setReport((HostReport)
                        Cells.report(now, "h-1", bootId, number, Cells.idle(2)).getBody())
                .build());
    }

    private static HostState state(String bootId, HostHealth health) {
        return HostState.newBuilder()
                .setHostId("h-1")
                .setBootId(bootId)
                .setHealth(health)
                .build();
    }

    private void flap() {
        beats(6);
        heartbeat("b-1", Cells.idle(2));
    }

    private int secondsUntilTrusted() {
        for (int i = 1; i < 600; i++) {
            beats(1);
            heartbeat("b-1", Cells.idle(2));
            if (health().contains(HostHealth.ALIVE)) {
                return i;
            }
        }
        return -1;
    }

    private List<HostHealth> health() {
        return said.stream()
                .filter(record -> record.getBody() instanceof HostState)
                .map(record -> ((HostState) record.getBody()).getHealth())
                .toList();
    }

    private void beats(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += 1_000;
            fold(HostSignal.newBuilder().setKind(HostSignalKind.BEAT).setAt(now).build());
        }
    }

    /** The host of all tests and those of the fleet beat. */
    private void live(int seconds, int from, int to) {
        for (int i = 0; i < seconds; i++) {
            beats(1);
            heartbeat("b-1", Cells.idle(2));
            fleetBeats(from, to);
        }
    }

    private List<HostHealth> saidOf(String host) {
        return said.stream()
                .map(CellRecord::getBody)
                .filter(HostState.class::isInstance)
                .map(HostState.class::cast)
                .filter(state -> state.getHostId().equals(host))
                .map(HostState::getHealth)
                .toList();
    }

    private void fleetBeats(int from, int to) {
        for (int i = from; i < to; i++) {
            int before = said.size();
            heartbeatOf("fleet-" + i, "b-1", Cells.idle(2));
            if (fleet.add(i)) {
                // That a new host is there.
                said.subList(before, said.size()).clear();
            }
        }
    }

    private void heartbeat(String boot, SlotReport... slots) {
        heartbeatOf("h-1", boot, slots);
    }

    private void heartbeatOf(String host, String boot, SlotReport... slots) {
        HostReport report =
                (HostReport) Cells.report(now, host, boot, ++seq, slots).getBody();
        fold(HostSignal.newBuilder()
                .setKind(HostSignalKind.HEARTBEAT)
                .setAt(now)
                .setCellId(Cells.CELL)
                .setHostId(host)
                .setReport(report)
                .build());
    }

    private void signal(HostSignalKind kind) {
        fold(HostSignal.newBuilder()
                .setKind(kind)
                .setAt(now)
                .setCellId(Cells.CELL)
                .setHostId("h-1")
                .build());
    }

    private void fold(HostSignal signal) {
        WatchMachine.Decision decision = machine.decide(signal);
        said.addAll(decision.records());
        forgotten.addAll(decision.forgotten());
        decision.changed().forEach(row -> {
            kept.clear();
            kept.add(HostWatch.newBuilder(row).build());
        });
    }
}
