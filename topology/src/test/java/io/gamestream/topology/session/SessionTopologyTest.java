package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellCheckpoint;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.schemas.sessions.TicketOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a ticket to a play, through gate and cell. */
class SessionTopologyTest {

    @TempDir
    Path stateDir;

    private DrivenSessions sessions;

    @BeforeEach
    void aCellWithTwoSlots() {
        sessions = new DrivenSessions(stateDir, SessionTopology::spec);
        sessions.game("g-1", GpuClass.STANDARD, GameStatus.ACTIVE);
        sessions.turnClock(Duration.ofSeconds(1));
        sessions.toCell(Cells.report(sessions.now(), "h-1", "b", 1, Cells.idle(2)));
        sessions.turnClock(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    /** On disk they would keep the service from ever starting again after a {@code kill -9}. */
    @Test
    void whatTheGateKnowsOfTheWorldIsReadAnewAtEachStart() {
        assertThat(sessions.isOnDisk(SessionTopology.Names.GAMES)).isFalse();
        assertThat(sessions.isOnDisk(SessionTopology.Names.CAPACITIES)).isFalse();
        assertThat(sessions.isOnDisk(SessionTopology.Names.HOSTS)).isTrue();
    }

    @Test
    void aTicketBecomesAGrantAndThenAPlay() {
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        assertThat(sessions.assignments()).singleElement().satisfies(granted -> {
            assertThat(granted.getStatus()).isEqualTo(SessionStatus.GRANTED);
            assertThat(granted.getPlayerId()).isEqualTo("ann");
            assertThat(granted.getCellId()).isEqualTo("fra-1");
            assertThat(granted.getRegion()).isEqualTo("fra");
        });
        report(2, SlotPhase.RUNNING);
        sessions.turnClock(Duration.ofSeconds(90));
        report(3, SlotPhase.CLEANING);
        report(4, SlotPhase.IDLE);

        assertThat(sessions.read(SessionTopics.EVENTS, SessionEvent.class)).hasSize(2);
        assertThat(sessions.read(TopicCatalogue.PLAYS, Play.class))
                .singleElement()
                .satisfies(play -> {
                    assertThat(play.getId()).isEqualTo("s-1");
                    assertThat(play.getUserId()).isEqualTo("ann");
                    assertThat(play.getPlayedSeconds()).isEqualTo(90);
                });
        SlotAudit audit = new SlotAudit();
        sessions.read(SessionTopics.SLOT_EVENTS, SlotEvent.class).forEach(audit::observe);
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.busy()).isEmpty();
        assertThat(audit.grants()).isEqualTo(1);
    }

    @Test
    void anotherRequestOfThePlayerIsAnsweredWithTheSessionThatIsThere() {
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-2");
        assertThat(sessions.assignments()).hasSize(1);
        assertThat(answers()).singleElement().satisfies(answer -> {
            assertThat(answer.getSessionId()).isEqualTo("s-2");
            assertThat(answer.getOutcome()).isEqualTo(TicketOutcome.DUPLICATE);
            assertThat(answer.getLiveSessionId()).isEqualTo("s-1");
        });
    }

    @Test
    void aGameThatNobodyKnowsOrThatWasWithdrawnIsRefused() {
        sessions.game("g-1", GpuClass.STANDARD, GameStatus.WITHDRAWN);
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        sessions.game("g-1", GpuClass.ULTRA, GameStatus.ACTIVE);
        sessions.ask(TicketCommandKind.REQUEST, "bob", "s-2");
        assertThat(answers())
                .extracting(TicketAnswer::getOutcome)
                .containsExactly(TicketOutcome.GAME_WITHDRAWN, TicketOutcome.NO_SUCH_CAPACITY);
    }

    @Test
    void aPartyIsClaimedAtEachMemberAndGrantedAtOnce() {
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1", "bob");
        List<Assignment> granted = sessions.assignments();
        assertThat(granted).extracting(Assignment::getPlayerId).containsExactly("ann", "bob");
        assertThat(granted).extracting(Assignment::getSessionId).containsExactly("s-1", "s-1.1");
        assertThat(granted).extracting(Assignment::getStatus).containsOnly(SessionStatus.GRANTED);
    }

    @Test
    void aPartyWithAMemberWhoPlaysIsRefusedAndLeavesNobodyClaimed() {
        sessions.ask(TicketCommandKind.REQUEST, "bob", "s-0");
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1", "cid", "bob");
        assertThat(answers())
                .filteredOn(answer -> answer.getPlayerId().equals("ann"))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.getOutcome()).isEqualTo(TicketOutcome.PARTY_MEMBER_BUSY);
                    assertThat(answer.getDetail()).isEqualTo("bob");
                });
        sessions.assignments();
        sessions.ask(TicketCommandKind.REQUEST, "cid", "s-3");
        assertThat(sessions.assignments()).extracting(Assignment::getStatus).containsExactly(SessionStatus.GRANTED);
    }

    @Test
    void aCancelledTicketIsNotGrantedAndItsPlayerMayAskAgain() {
        sessions.ask(TicketCommandKind.REQUEST, "x", "s-x");
        sessions.ask(TicketCommandKind.REQUEST, "y", "s-y");
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        sessions.ask(TicketCommandKind.CANCEL, "ann", "s-1");
        sessions.assignments();
        sessions.ask(TicketCommandKind.CANCEL, "x", "s-x");
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-2");
        assertThat(sessions.assignments())
                .extracting(Assignment::getSessionId, Assignment::getStatus)
                .containsExactly(tuple("s-x", SessionStatus.ENDED), tuple("s-2", SessionStatus.GRANTED));
    }

    @Test
    void aSessionThatHasEndedCannotBeResumed() {
        sessions.ask(TicketCommandKind.RESUME, "ann", "s-1");
        assertThat(answers()).extracting(TicketAnswer::getOutcome).containsExactly(TicketOutcome.NOT_RESUMABLE);
    }

    @Test
    void aPlayerWhoHasNotBeenThereForADayLeavesATombstone() {
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        sessions.ask(TicketCommandKind.REQUEST, "bob", "s-2");
        sessions.ask(TicketCommandKind.CANCEL, "ann", "s-1");
        sessions.assignments();
        sessions.turnClock(Duration.ofHours(24).minusSeconds(1));
        assertThat(sessions.tombstones()).isEmpty();
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        assertThat(sessions.assignments()).as("it has ended").isEmpty();
        sessions.turnClock(Duration.ofHours(24));
        sessions.turnClock(Duration.ofSeconds(1));
        assertThat(sessions.tombstones()).containsExactly("ann");
        assertThat(sessions.knows("ann")).isFalse();
        assertThat(sessions.knows("bob")).as("has a ticket").isTrue();
        assertThat(sessions.deadLetters())
                .as("the gate reads its own tombstone")
                .isZero();
    }

    /** A transaction without offsets is not refused where the task is another instance's by now. */
    @Test
    void nobodyIsForgottenBeforeTheTaskHasReadAnything() {
        sessions.knew(PlayerRow.newBuilder()
                .setPlayerId("ann")
                .setLive(null)
                .setRecent(new ArrayList<>())
                .setChangedAt(sessions.now())
                .build());
        sessions.turnClock(Duration.ofHours(25));
        sessions.turnClock(Duration.ofSeconds(5));
        assertThat(sessions.knows("ann")).isTrue();
        sessions.ask(TicketCommandKind.REQUEST, "bob", "s-2");
        sessions.turnClock(Duration.ofSeconds(1));
        assertThat(sessions.tombstones()).containsExactly("ann");
    }

    @Test
    void manyPlayersAreForgottenSomeAtATime() {
        for (int i = 0; i < 1_200; i++) {
            sessions.ask(TicketCommandKind.CANCEL, "p-" + i, "s-" + i);
        }
        sessions.turnClock(Duration.ofHours(24));
        int before = 0;
        for (int i = 0; i < 1_200 && before < 1_200; i++) {
            sessions.turnClock(Duration.ofSeconds(1));
            int some = sessions.tombstones().size();
            assertThat(some).isLessThanOrEqualTo(500);
            before += some;
        }
        assertThat(before).isEqualTo(1_200);
    }

    @Test
    void theCapacityOfEachCellIsToldWithTheTime() {
        List<CellCapacity> told = sessions.read(SessionTopics.CAPACITY, CellCapacity.class);
        assertThat(told)
                .filteredOn(capacity -> capacity.getCellId().equals("fra-1"))
                .last()
                .satisfies(capacity -> {
                    assertThat(capacity.getAt()).isEqualTo(sessions.now());
                    assertThat(capacity.getClasses()).singleElement().satisfies(standard -> {
                        assertThat(standard.getFree()).isEqualTo(2);
                        assertThat(standard.getUsable()).isEqualTo(2);
                    });
                });
    }

    @Test
    void aCellIsKeptOnceAnInterval() {
        assertThat(checkpoints()).as("at the start").isEmpty();
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        for (int i = 0; i < 700; i++) {
            sessions.turnClock(Duration.ofSeconds(1));
        }
        List<CellCheckpoint> kept = checkpoints();
        assertThat(kept).isNotEmpty().allSatisfy(part -> {
            assertThat(part.getCellId()).isEqualTo("fra-1");
            assertThat(part.getPart()).isZero();
            assertThat(part.getParts()).isEqualTo(1);
        });
        Checkpoint last = new Checkpoint(List.of(kept.get(kept.size() - 1)));
        assertThat(last.load("fra").hostRows()).singleElement().satisfies(host -> assertThat(host.getHostId())
                .isEqualTo("h-1"));
    }

    private List<CellCheckpoint> checkpoints() {
        return sessions.read(SessionTopics.CHECKPOINTS, CellCheckpoint.class);
    }

    @Test
    void aRecordOfACellThatLivesElsewhereIsADeadLetterAndStopsNothing() {
        sessions.send(SessionTopics.CELL_INBOX, CellRecord.class, "nowhere", Cells.tick(sessions.now()));
        assertThat(sessions.deadLetters()).isEqualTo(1);
        sessions.ask(TicketCommandKind.REQUEST, "ann", "s-1");
        assertThat(sessions.assignments()).hasSize(1);
    }

    @Test
    void theDrainOfAHostThatNobodyKnowsIsADeadLetterAndLeavesNoHostBehind() {
        sessions.toCell(Cells.drain(sessions.now(), "h-9", true, 0));
        assertThat(sessions.deadLetters()).isEqualTo(1);
        sessions.toCell(Cells.drain(sessions.now(), "h-1", true, 0));
        assertThat(sessions.deadLetters()).isZero();
        sessions.turnClock(Duration.ofSeconds(1));
        assertThat(sessions.read(SessionTopics.CAPACITY, CellCapacity.class))
                .last()
                .satisfies(told -> {
                    assertThat(told.getHosts()).isEqualTo(1);
                    assertThat(told.getHostsReady()).isZero();
                });
    }

    private List<TicketAnswer> answers() {
        return sessions.read(SessionTopics.ANSWERS, TicketAnswer.class);
    }

    private void report(long seq, SlotPhase phase) {
        sessions.toCell(
                Cells.report(sessions.now(), "h-1", "b", seq, Cells.slot(phase, 1), Cells.slot(SlotPhase.IDLE, 0)));
    }
}
