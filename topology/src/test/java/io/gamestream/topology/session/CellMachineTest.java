package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.ClearHalt;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CellMachineTest {

    private static final long NOW = 1_000_000;

    private Cell cell = Cell.empty(Cells.CELL, Cells.REGION);
    private long now = NOW;

    @BeforeEach
    void aCellWithAPolicy() {
        fold(Cells.policySet(Cells.policy()));
        fold(Cells.tick(now));
    }

    @Test
    void grantsTheFirstSlotAndSaysWhereAndUnderWhichToken() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        Assignment granted = only(fold(Cells.ticket("ann").place(now)));
        assertThat(granted.getStatus()).isEqualTo(SessionStatus.GRANTED);
        assertThat(granted.getHostId()).isEqualTo("h-1");
        assertThat(granted.getHostAddress()).isEqualTo("h-1:7000");
        assertThat(granted.getSlot()).isZero();
        assertThat(granted.getToken()).isEqualTo(1);
        assertThat(granted.getValidForMs()).isEqualTo(15_000);
    }

    @Test
    void aSessionIsPlayedFromTheFirstConnectionToItsEnd() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("ann").place(now));
        fold(Cells.report(now, "h-1", "b", 2, Cells.slot(SlotPhase.STARTING, 1)));
        assertThat(fold(Cells.report(now + 1_000, "h-1", "b", 3, Cells.slot(SlotPhase.RUNNING, 1)))
                        .sessionEvents())
                .extracting(event -> event.getKind())
                .containsExactly(SessionEventKind.STARTED);
        fold(Cells.report(now + 61_000, "h-1", "b", 4, Cells.slot(SlotPhase.WAITING, 1)));
        fold(Cells.report(now + 91_000, "h-1", "b", 5, Cells.slot(SlotPhase.RUNNING, 1)));
        CellDecision end = fold(Cells.report(now + 92_500, "h-1", "b", 6, Cells.slot(SlotPhase.CLEANING, 1)));
        assertThat(end.sessionEvents()).singleElement().satisfies(event -> {
            assertThat(event.getKind()).isEqualTo(SessionEventKind.ENDED);
            assertThat(event.getPlayedSeconds()).isEqualTo(61);
            assertThat(event.getPlayedMinutes()).isEqualTo(2);
        });
        assertThat(cell.hosts().count(GpuClass.STANDARD).free()).isZero();
        fold(Cells.report(now + 95_000, "h-1", "b", 7, Cells.slot(SlotPhase.IDLE, 1)));
        assertThat(cell.hosts().count(GpuClass.STANDARD).free()).isEqualTo(1);
    }

    @Test
    void aTickOfAClockThatIsAheadStopsNoDeadline() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("ann").place(now));
        fold(Cells.tick(now + 3_600_000));
        long before = cell.clock();
        fold(Cells.tick(now + 1_000));
        assertThat(cell.clock()).isEqualTo(before);
        fold(Cells.tick(now + 2_000));
        assertThat(cell.clock()).isEqualTo(before + 1_000);
    }

    @Test
    void aSessionThatConnectsAgainAndAgainIsOverAfterTheLongestTimeAllTheSame() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("ann").place(now));
        fold(Cells.report(now, "h-1", "b", 2, Cells.slot(SlotPhase.STARTING, 1)));
        fold(Cells.report(now, "h-1", "b", 3, Cells.slot(SlotPhase.RUNNING, 1)));
        long sevenHours = now + 7 * 3_600_000;
        fold(Cells.report(sevenHours, "h-1", "b", 4, Cells.slot(SlotPhase.WAITING, 1)));
        assertThat(only(fold(Cells.report(sevenHours, "h-1", "b", 5, Cells.slot(SlotPhase.RUNNING, 1))))
                        .getValidForMs())
                .isEqualTo(3_600_000);
    }

    @Test
    void whoCameFirstIsServedFirstButATierCountsAsAHeadStart() {
        assertThat(only(fold(Cells.ticket("ann").at(now).place(now))).getPosition())
                .isEqualTo(1);
        assertThat(only(fold(Cells.ticket("bob")
                                .at(now + 50_000)
                                .tier("ULTIMATE")
                                .place(now)))
                        .getPosition())
                .isEqualTo(1);
        assertThat(only(fold(Cells.ticket("cid")
                                .at(now + 61_000)
                                .tier("ULTIMATE")
                                .place(now)))
                        .getPosition())
                .isEqualTo(3);
        assertThat(granted(fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)))))
                .containsExactly("s-bob", "s-ann");
    }

    @Test
    void aTicketThatIsOnlyTriedIsHandedBackWhereNothingIsFree() {
        assertThat(only(fold(Cells.ticket("ann").tried().place(now))).getStatus())
                .isEqualTo(SessionStatus.HANDED_BACK);
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        assertThat(fold(Cells.ticket("ann").tried().place(now)).assignments()).isEmpty();
        assertThat(granted(fold(Cells.ticket("ann").tried().attempt(2).place(now))))
                .containsExactly("s-ann");
    }

    @Test
    void theLastSlotsAreForItsOwnPlayers() {
        fold(Cells.policySet(Cells.policy(Packing.PACK, 0.25)));
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(4)));
        for (String player : List.of("a", "b", "c")) {
            assertThat(granted(fold(Cells.ticket(player).away().tried().place(now))))
                    .hasSize(1);
        }
        assertThat(only(fold(Cells.ticket("d").away().tried().place(now))).getReason())
                .isEqualTo("NOTHING_FREE");
        assertThat(granted(fold(Cells.ticket("e").place(now)))).containsExactly("s-e");
    }

    @Test
    void aPartyGetsAllItsSlotsOrNone() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        assertThat(fold(Cells.ticket("a", "b", "c").place(now)).assignments())
                .extracting(Assignment::getStatus)
                .containsOnly(SessionStatus.QUEUED)
                .hasSize(3);
        assertThat(granted(fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)))))
                .containsExactly("s-a", "s-b", "s-c");
    }

    @Test
    void aPartyIsOvertakenForAWhileAndThenTheLineWaitsForIt() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        fold(Cells.ticket("x").place(now));
        fold(Cells.ticket("a", "b").place(now));
        assertThat(granted(fold(Cells.ticket("y").place(now)))).containsExactly("s-y");
        ticks(12);
        fold(Cells.withdraw(now, "s-y", "s-y"));
        assertThat(granted(fold(Cells.ticket("z").place(now)))).isEmpty();
        assertThat(granted(fold(Cells.withdraw(now, "s-x", "s-x")))).containsExactly("s-a", "s-b");
    }

    @Test
    void aPartyThatCouldNeverFitHoldsNobodyUp() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        fold(Cells.ticket("a", "b", "c").place(now));
        ticks(12);
        assertThat(granted(fold(Cells.ticket("z").place(now)))).containsExactly("s-z");
    }

    @Test
    void packingFillsHostsOneByOneAndSpreadingLevelsThem() {
        assertThat(hostsOfFour(Packing.PACK)).containsExactly("h-1", "h-1", "h-1", "h-2");
        assertThat(hostsOfFour(Packing.SPREAD)).containsExactly("h-1", "h-2", "h-1", "h-2");
    }

    @Test
    void aWithdrawalBeforeTheGrantLeavesNothingToGrant() {
        fold(Cells.ticket("ann").place(now));
        assertThat(only(fold(Cells.withdraw(now, "s-ann", "s-ann"))).getStatus())
                .isEqualTo(SessionStatus.ENDED);
        assertThat(granted(fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)))))
                .isEmpty();
    }

    @Test
    void aTicketThatWasWithdrawnBeforeItCameIsAnsweredOnce() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.withdraw(now, "s-ann", "s-ann"));
        ticks(58);
        CellRecord place = Cells.ticket("ann").place(now);
        assertThat(only(fold(place)).getStatus()).isEqualTo(SessionStatus.ENDED);
        ticks(4);
        assertThat(fold(place).assignments())
                .as("remembered since it was answered")
                .isEmpty();
    }

    @Test
    void aWithdrawalAfterTheGrantFreesTheSlotAndTheHostIsToldToStopWhatItBegan() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("ann").place(now));
        fold(Cells.withdraw(now, "s-ann", "s-ann"));
        assertThat(granted(fold(Cells.ticket("bob").place(now)))).containsExactly("s-bob");
        CellDecision late = fold(Cells.report(now, "h-1", "b", 2, Cells.slot(SlotPhase.STARTING, 1)));
        assertThat(late.hostCommands()).singleElement().satisfies(command -> {
            assertThat(command.getToken()).isEqualTo(1);
            assertThat(command.getReason()).isEqualTo("REPLACED");
        });
        assertThat(state("h-1", 0)).isEqualTo(SlotState.RESERVED);
    }

    @Test
    void aGrantThatTheHostDoesNotFetchGoesToAnotherHostOnceThatOneRefusesIt() {
        grantAnnOnTheFirstOfTwoHosts();
        assertThat(ticks(16))
                .extracting(Assignment::getStatus)
                .as("a router that hasn't heard of it may still hand the grant out")
                .containsExactly(SessionStatus.QUEUED);
        assertThat(state("h-1", 0)).isEqualTo(SlotState.QUARANTINED);
        assertThat(granted(fold(Cells.report(now, "h-1", "b", 2, Cells.idle(1)))))
                .isEmpty();
        ticks(3);
        assertThat(granted(fold(Cells.report(now, "h-1", "b", 3, Cells.idle(1)))))
                .as("it beats, and may not have been told")
                .isEmpty();
        ticks(17);
        assertThat(granted(fold(Cells.report(now, "h-1", "b", 4, Cells.idle(1)))))
                .isEmpty();
        assertThat(fold(Cells.report(now, "h-1", "b", 5, Cells.slot(SlotPhase.IDLE, 1)))
                        .assignments())
                .singleElement()
                .satisfies(assignment -> {
                    assertThat(assignment.getStatus()).isEqualTo(SessionStatus.GRANTED);
                    assertThat(assignment.getHostId()).isEqualTo("h-2");
                    assertThat(assignment.getMoves()).isEqualTo(1);
                });
    }

    @Test
    void aSessionThatIsTakenFromALivingHostGoesOnWhenThatOneHasStoppedIt() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.drain(now, "h-1", true, 1_000));
        assertThat(granted(ticks(2)))
                .as("the host may stream for a beat longer")
                .isEmpty();
        assertThat(granted(fold(Cells.report(
                        now, "h-1", "b", 8, Cells.slot(SlotPhase.RUNNING, 1), Cells.slot(SlotPhase.IDLE, 0)))))
                .isEmpty();
        assertThat(granted(fold(Cells.report(
                        now, "h-1", "b", 9, Cells.slot(SlotPhase.CLEANING, 1), Cells.slot(SlotPhase.IDLE, 0)))))
                .containsExactly("s-ann");
    }

    @Test
    void aHostThatSaysNothingHasStoppedWhenItsLeaseIsOver() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.drain(now, "h-1", true, 1_000));
        ticks(1);
        fold(Cells.state(now, "h-1", "b", HostHealth.SUSPECT));
        assertThat(granted(ticks(17))).isEmpty();
        assertThat(granted(ticks(2))).containsExactly("s-ann");
    }

    @Test
    void aHostThatGoesOnSayingThatItRunsIsWaitedFor() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.drain(now, "h-1", true, 1_000));
        ticks(2);
        for (int i = 0; i < 4; i++) {
            assertThat(granted(ticks(10))).isEmpty();
            fold(Cells.report(now, "h-1", "b", 8 + i, Cells.slot(SlotPhase.RUNNING, 1), Cells.slot(SlotPhase.IDLE, 0)));
        }
        assertThat(granted(ticks(19)))
                .as("nobody misses it: those who listen may stand still")
                .isEmpty();
        fold(Cells.state(now, "h-1", "b", HostHealth.SUSPECT));
        assertThat(granted(ticks(17))).isEmpty();
        assertThat(granted(ticks(1))).as("lease and margin").containsExactly("s-ann");
    }

    @Test
    void aHostThatLivesAndNeverSaysSoIsWaitedForUntilTheLimitOfSuspicion() {
        grantAnnOnTheFirstOfTwoHosts();
        ticks(16);
        for (int i = 0; i < 29; i++) {
            assertThat(granted(fold(Cells.report(now, "h-1", "b", 2 + i, Cells.idle(1)))))
                    .isEmpty();
            assertThat(granted(ticks(10))).isEmpty();
        }
        assertThat(granted(ticks(30))).containsExactly("s-ann");
    }

    @Test
    void aGrantThatWasNotFetchedOutlivesTheLossOfItsHost() {
        grantAnnOnTheFirstOfTwoHosts();
        ticks(1);
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        assertThat(granted(ticks(31)))
                .as("taken back after 15 s, lost after 19: when it is back a router that reads behind still has it")
                .isEmpty();
        assertThat(granted(ticks(2))).containsExactly("s-ann");
    }

    @Test
    void aHostThatStartsAnewRunsNothingOfBefore() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.drain(now, "h-1", true, 1_000));
        ticks(2);
        assertThat(granted(fold(Cells.report(now, "h-1", "b2", 1, Cells.idle(2)))))
                .containsExactly("s-ann");
    }

    @Test
    void whoLeavesWhileTheHostIsStoppingIsNotMoved() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.drain(now, "h-1", true, 1_000));
        ticks(2);
        assertThat(only(fold(Cells.withdraw(now, "s-ann", "s-ann"))).getStatus())
                .isEqualTo(SessionStatus.ENDED);
        assertThat(ticks(30)).isEmpty();
        assertThat(granted(fold(Cells.report(
                        now, "h-1", "b", 9, Cells.slot(SlotPhase.CLEANING, 1), Cells.slot(SlotPhase.IDLE, 0)))))
                .isEmpty();
    }

    @Test
    void aSuspectHostGetsNothingNewAndKeepsWhatItHas() {
        play("ann", "h-1");
        fold(Cells.state(now, "h-1", "b", HostHealth.SUSPECT));
        assertThat(only(fold(Cells.ticket("bob").place(now))).getStatus()).isEqualTo(SessionStatus.QUEUED);
        ticks(60);
        assertThat(state("h-1", 0)).isEqualTo(SlotState.ACTIVE);
        assertThat(granted(fold(Cells.state(now, "h-1", "b", HostHealth.ALIVE))))
                .containsExactly("s-bob");
    }

    @Test
    void aDeadHostLosesItsSessionsWhenItsLeaseIsOver() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        assertThat(granted(ticks(17))).isEmpty();
        List<Assignment> after = ticks(2);
        assertThat(granted(after)).containsExactly("s-ann");
        assertThat(after.get(after.size() - 1).getHostId()).isEqualTo("h-2");
        assertThat(cell.hosts().count(GpuClass.STANDARD).usable()).isEqualTo(1);
    }

    @Test
    void aLeaseThatWasShortenedIsReliedOnWhenNoHostCanHaveTheLongerOneAnyMore() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.policySet(Cells.leased(5)));
        assertThat(Objects.requireNonNull(fold(Cells.tick(now)).capacity()).getLeaseMs())
                .isEqualTo(5_000);
        ticks(1);
        cell = Checkpoint.of(cell, 0, now).load(Cells.REGION);
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        assertThat(granted(ticks(17))).as("the former lease and margin").isEmpty();
        assertThat(granted(ticks(2))).containsExactly("s-ann");
        fold(Cells.report(now, "h-2", "b", 2, Cells.slot(SlotPhase.RUNNING, 1)));
        ticks(15);
        fold(Cells.report(now, "h-3", "b", 1, Cells.idle(1)));
        fold(Cells.state(now, "h-2", "b", HostHealth.DEAD));
        assertThat(granted(ticks(7))).isEmpty();
        assertThat(granted(ticks(2))).containsExactly("s-ann");
    }

    @Test
    void aLongerLeaseCountsBeforeAnyHostCanHearOfIt() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.policySet(Cells.leased(30)));
        fold(Cells.state(now, "h-1", "b", HostHealth.DEAD));
        assertThat(granted(ticks(32))).isEmpty();
        assertThat(granted(ticks(2))).containsExactly("s-ann");
    }

    @Test
    void aRebootMovesWhatRanBeforeAndLateWordsOfTheOldBootCountForNothing() {
        play("ann", "h-1");
        CellDecision reboot = fold(Cells.report(now, "h-1", "b2", 1, Cells.idle(2)));
        assertThat(granted(reboot)).containsExactly("s-ann");
        assertThat(reboot.assignments().get(reboot.assignments().size() - 1).getToken())
                .isEqualTo(2);
        assertThat(fold(Cells.report(
                                now, "h-1", "b", 9, Cells.slot(SlotPhase.RUNNING, 1), Cells.slot(SlotPhase.IDLE, 0)))
                        .slotEvents())
                .isEmpty();
    }

    @Test
    void aDrainingHostKeepsItsSessionsUntilMaintenanceBegins() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.drain(now, "h-1", true, 10_000));
        assertThat(only(fold(Cells.ticket("bob").place(now))).getHostId()).isEqualTo("h-2");
        ticks(9);
        assertThat(state("h-1", 0)).isEqualTo(SlotState.ACTIVE);
        ticks(2);
        assertThat(state("h-1", 0)).isEqualTo(SlotState.CLEANING);
        assertThat(cell.tickets().waitingFor("s-ann")).isNotNull();
    }

    @Test
    void aPlayerWhoComesBackInTimeFindsTheSameSlot() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-1", "b", 5, Cells.slot(SlotPhase.WAITING, 1), Cells.slot(SlotPhase.IDLE, 0)));
        ticks(119);
        Assignment told = only(fold(Cells.resume(now, "s-ann")));
        assertThat(told.getStatus()).isEqualTo(SessionStatus.RESUMABLE);
        assertThat(told.getHostId()).isEqualTo("h-1");
        assertThat(told.getValidForMs()).isEqualTo(60_000);
        ticks(59);
        fold(Cells.report(now, "h-1", "b", 6, Cells.slot(SlotPhase.RUNNING, 1), Cells.slot(SlotPhase.IDLE, 0)));
        assertThat(state("h-1", 0)).isEqualTo(SlotState.ACTIVE);
    }

    @Test
    void aPlayerWhoOnlyComesAndGoesHoldsNoSlotForEver() {
        play("ann", "h-1");
        List<Assignment> told = comeAndGo(10);
        assertThat(told)
                .filteredOn(assignment -> assignment.getStatus() == SessionStatus.ENDED)
                .singleElement()
                .satisfies(end -> assertThat(end.getSessionId()).isEqualTo("s-ann"));
        assertThat(now - NOW).isEqualTo(600_000);
        assertThat(state("h-1", 0)).isEqualTo(SlotState.CLEANING);
    }

    @Test
    void whoSaysAgainAndAgainThatHeComesIsWaitedForAsLongAsOneWhoComesAndGoes() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-1", "b", 5, Cells.slot(SlotPhase.WAITING, 1), Cells.slot(SlotPhase.IDLE, 0)));
        while (state("h-1", 0) == SlotState.GRACE && now - NOW < 3_600_000) {
            fold(Cells.resume(now, "s-ann"));
            ticks(1);
        }
        assertThat(now - NOW).isEqualTo(600_000);
    }

    /** As rows are that were written before it was kept since when. */
    @Test
    void alsoWhereNobodyKnowsSinceWhen() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-1", "b", 5, Cells.slot(SlotPhase.WAITING, 1), Cells.slot(SlotPhase.IDLE, 0)));
        HostIndex.Place place = Objects.requireNonNull(cell.hosts().session("s-ann"));
        place.host().slot(place.slot()).getSession().setGraceSince(-1);
        while (state("h-1", 0) == SlotState.GRACE && now - NOW < 3_600_000) {
            fold(Cells.resume(now, "s-ann"));
            ticks(1);
        }
        assertThat(now - NOW).isEqualTo(600_000);
    }

    @Test
    void whatASessionHasWaitedIsKeptWhenItIsMovedAndWhenTheTaskStartsAnew() {
        play("ann", "h-1");
        comeAndGo(2);
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.report(now, "h-1", "b2", 1, Cells.idle(1)));
        assertThat(cell.hosts().session("s-ann")).isNotNull();
        cell = Checkpoint.of(cell, 0, now).load(Cells.REGION);
        HostIndex.Place place = Objects.requireNonNull(cell.hosts().session("s-ann"));
        assertThat(place.host().slot(place.slot()).getSession().getGraceMs()).isEqualTo(2 * 119_000);
    }

    /** Is away for almost a resume window, and there for less than a tick, so many times or until the session has ended. */
    private List<Assignment> comeAndGo(int times) {
        List<Assignment> told = new ArrayList<>();
        for (int i = 0; i < times && cell.hosts().session("s-ann") != null; i++) {
            fold(Cells.report(
                    now, "h-1", "b", 10 + 2 * i, Cells.slot(SlotPhase.WAITING, 1), Cells.slot(SlotPhase.IDLE, 0)));
            for (int second = 0; second < 119 && cell.hosts().session("s-ann") != null; second++) {
                told.addAll(ticks(1));
            }
            fold(Cells.report(
                    now, "h-1", "b", 11 + 2 * i, Cells.slot(SlotPhase.RUNNING, 1), Cells.slot(SlotPhase.IDLE, 0)));
        }
        return told;
    }

    @Test
    void aPlayerWhoNeverComesIsNotMovedAbout() {
        grantAnnOnTheFirstOfTwoHosts();
        fold(Cells.report(now, "h-1", "b", 2, Cells.slot(SlotPhase.STARTING, 1)));
        ticks(50);
        Assignment ready = only(fold(Cells.report(now, "h-1", "b", 3, Cells.slot(SlotPhase.WAITING, 1))));
        assertThat(ready.getValidForMs()).as("from when the game is up").isEqualTo(60_000);
        assertThat(ticks(59)).isEmpty();
        assertThat(ticks(2)).singleElement().satisfies(assignment -> {
            assertThat(assignment.getStatus()).isEqualTo(SessionStatus.ENDED);
            assertThat(assignment.getReason()).isEqualTo("PLAYER_DID_NOT_COME");
        });
        assertThat(state("h-1", 0)).isEqualTo(SlotState.CLEANING);
    }

    @Test
    void aPlayerWhoCanNotComeBecauseTheHostHasGoneIsMoved() {
        grantAnnOnTheFirstOfTwoHosts();
        fold(Cells.report(now, "h-1", "b", 2, Cells.slot(SlotPhase.WAITING, 1)));
        fold(Cells.state(now, "h-1", "b", HostHealth.SUSPECT));
        assertThat(ticks(61)).extracting(Assignment::getStatus).containsExactly(SessionStatus.QUEUED);
        assertThat(granted(ticks(20))).containsExactly("s-ann");
    }

    @Test
    void aHostThatDoesNotGetReadyHasFailedItsPlayer() {
        grantAnnOnTheFirstOfTwoHosts();
        fold(Cells.report(now, "h-1", "b", 2, Cells.slot(SlotPhase.STARTING, 1)));
        ticks(61);
        assertThat(granted(fold(Cells.report(now, "h-1", "b", 3, Cells.slot(SlotPhase.CLEANING, 1)))))
                .containsExactly("s-ann");
    }

    @Test
    void aPlayerWhoDoesNotComeBackHasEnded() {
        play("ann", "h-1");
        fold(Cells.report(now, "h-1", "b", 5, Cells.slot(SlotPhase.WAITING, 1), Cells.slot(SlotPhase.IDLE, 0)));
        assertThat(ticks(121)).extracting(Assignment::getStatus).containsExactly(SessionStatus.ENDED);
    }

    @Test
    void aLongSilenceOfTheClockExpiresNothing() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("ann").place(now));
        now += 3_600_000;
        fold(Cells.tick(now));
        assertThat(state("h-1", 0)).isEqualTo(SlotState.RESERVED);
    }

    @Test
    void theEtaIsPositionByReleasesAndItsErrorIsKept() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        ticks(20);
        for (int i = 0; i < 4; i++) {
            String player = "p" + i;
            fold(Cells.ticket(player).place(now));
            fold(Cells.withdraw(now, "s-" + player, "s-" + player));
        }
        fold(Cells.ticket("held").place(now));
        Assignment queued = only(fold(Cells.ticket("ann").place(now)));
        assertThat(queued.getEtaSeconds()).isEqualTo(5);
        ticks(10);
        fold(Cells.withdraw(now, "s-held", "s-held"));
        assertThat(EtaRules.medianError(cell.row())).isEqualTo(50);
    }

    @Test
    void whoWaitsWhereNothingEverBecameFreeIsNotToldTheSameAgain() {
        assertThat(only(fold(Cells.ticket("ann").place(now))).getEtaSeconds())
                .as("unknown")
                .isEqualTo(-1);
        assertThat(ticks(60)).isEmpty();
    }

    @Test
    void theErrorIsThatOfWhatWasToldFirstThoughATicketWasHandedBackInBetween() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("held").place(now));
        CellRecord again = Cells.ticket("ann").patient(8_000).place(now);
        Place place = (Place) again.getBody();
        place.setFirstEtaMs(10_000);
        place.setFirstEtaAt(now - 30_000);
        fold(again);
        assertThat(ticks(8))
                .filteredOn(told -> told.getStatus() == SessionStatus.HANDED_BACK)
                .singleElement()
                .satisfies(back -> {
                    assertThat(back.getFirstEtaMs()).isEqualTo(10_000);
                    assertThat(back.getFirstEtaAt()).isEqualTo(NOW - 30_000);
                });
        place.setAttempt(2);
        place.setPatienceMs(0);
        fold(again);
        ticks(2);
        fold(Cells.withdraw(now, "s-held", "s-held"));
        assertThat(EtaRules.medianError(cell.row()))
                .as("10 s were told, 40 s it took")
                .isEqualTo(75);
    }

    @Test
    void aTicketThatIsHandedBackTakesAlongWhatWasToldHere() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        ticks(20);
        fold(Cells.ticket("p").place(now));
        fold(Cells.withdraw(now, "s-p", "s-p"));
        fold(Cells.ticket("held").place(now));
        long asked = now;
        long told = 1_000
                * only(fold(Cells.ticket("ann").patient(5_000).place(now))).getEtaSeconds();
        assertThat(told).isPositive();
        assertThat(ticks(5))
                .filteredOn(each -> each.getStatus() == SessionStatus.HANDED_BACK)
                .singleElement()
                .satisfies(back -> {
                    assertThat(back.getFirstEtaMs()).isEqualTo(told);
                    assertThat(back.getFirstEtaAt()).isEqualTo(asked);
                });
    }

    @Test
    void aViolationStopsGrantsUntilAnOperatorHasLooked() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(2)));
        CellHost host = Objects.requireNonNull(cell.hosts().find("h-1"));
        host.free = 1;
        CellDecision tick = fold(Cells.tick(now + 1_000));
        assertThat(tick.violation()).isEqualTo("host h-1 counts 1 free slots and has 2");
        assertThat(Objects.requireNonNull(tick.capacity()).getHalted()).isEqualTo(tick.violation());
        assertThat(only(fold(Cells.ticket("ann").place(now))).getStatus()).isEqualTo(SessionStatus.QUEUED);
        host.recount();
        assertThat(granted(fold(Cells.record(
                        now, ClearHalt.newBuilder().setOperator("ops").build()))))
                .containsExactly("s-ann");
    }

    @Test
    void whatHostsSayBeforeTheFirstPolicyIsNotDecided() {
        Cell young = Cell.empty("c", "r");
        assertThat(CellMachine.decide(young, Cells.report(now, "h-1", "b", 1, Cells.idle(1)))
                        .slotEvents())
                .isEmpty();
        assertThat(young.hostRows()).isEmpty();
    }

    @Test
    void aHostIsToldToStopWhatItsPlayerHasLeft() {
        play("ann", "h-1");
        assertThat(fold(Cells.withdraw(now, "s-ann", "s-ann")).hostCommands())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.getHostId()).isEqualTo("h-1");
                    assertThat(command.getToken()).isEqualTo(1);
                    assertThat(command.getReason()).isEqualTo("RELEASE");
                });
    }

    @Test
    void aHostThatMayJustBeFetchingAGrantIsToldThatItIsOver() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("ann").place(now));
        List<String> told = new ArrayList<>();
        fold(Cells.withdraw(now, "s-ann", "s-ann"))
                .hostCommands()
                .forEach(command -> told.add(command.getReason() + " " + command.getToken()));
        fold(Cells.ticket("bob").place(now));
        for (int i = 0; i < 16; i++) {
            now += 1_000;
            fold(Cells.tick(now))
                    .hostCommands()
                    .forEach(command -> told.add(command.getReason() + " " + command.getToken()));
        }
        assertThat(told).containsExactly("RELEASE 1", "DEADLINE 2");
    }

    @Test
    void aRecordThatBreaksItsContractIsRefusedWithItsReason() {
        assertThatThrownBy(() -> fold(Cells.report(now, "h-1", "b", 1)))
                .hasMessage("host h-1 has no slots (expected: 1 or more)");
        assertThatThrownBy(() -> fold(Cells.drain(now, "h-9", true, 0)))
                .hasMessage("cell " + Cells.CELL
                        + " is asked to drain host h-9 (expected: a host that has beaten with this cell's id)");
        assertThat(cell.hostRows()).isEmpty();
        assertThatThrownBy(() -> CellMachine.decide(Cell.empty("c", "r"), Cells.drain(now, "h-1", true, 0)))
                .hasMessage("cell c has no policy yet, and is asked for a HostDrain");
        assertThatThrownBy(() -> CellMachine.decide(
                        Cell.empty("c", "r"), Cells.ticket("ann").place(now)))
                .hasMessage("cell c has no policy yet, and is asked for a Place");
    }

    private List<String> hostsOfFour(Packing packing) {
        cell = Cell.empty(Cells.CELL, Cells.REGION);
        fold(Cells.policySet(Cells.policy(packing, 0)));
        fold(Cells.tick(now));
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(3)));
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(3)));
        List<String> hosts = new ArrayList<>();
        for (String player : List.of("a", "b", "c", "d")) {
            hosts.add(only(fold(Cells.ticket(player).place(now))).getHostId());
        }
        return hosts;
    }

    private void grantAnnOnTheFirstOfTwoHosts() {
        fold(Cells.report(now, "h-1", "b", 1, Cells.idle(1)));
        fold(Cells.report(now, "h-2", "b", 1, Cells.idle(1)));
        fold(Cells.ticket("ann").place(now));
    }

    private void play(String player, String host) {
        fold(Cells.report(now, host, "b", 1, Cells.idle(2)));
        fold(Cells.ticket(player).place(now));
        fold(Cells.report(now, host, "b", 2, Cells.slot(SlotPhase.RUNNING, 1), Cells.slot(SlotPhase.IDLE, 0)));
    }

    private SlotState state(String host, int slot) {
        return Objects.requireNonNull(cell.hosts().find(host)).slot(slot).getState();
    }

    private List<Assignment> ticks(int seconds) {
        List<Assignment> told = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            now += 1_000;
            told.addAll(fold(Cells.tick(now)).assignments());
        }
        return told;
    }

    private CellDecision fold(CellRecord record) {
        return CellMachine.decide(cell, record);
    }

    private static Assignment only(CellDecision decision) {
        assertThat(decision.assignments()).hasSize(1);
        return decision.assignments().get(0);
    }

    private static List<String> granted(CellDecision decision) {
        return granted(decision.assignments());
    }

    private static List<String> granted(List<Assignment> assignments) {
        return assignments.stream()
                .filter(assignment -> assignment.getStatus() == SessionStatus.GRANTED)
                .map(Assignment::getSessionId)
                .toList();
    }
}
