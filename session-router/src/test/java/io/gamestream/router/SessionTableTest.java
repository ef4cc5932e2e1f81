package io.gamestream.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketOutcome;
import org.junit.jupiter.api.Test;

class SessionTableTest {

    private final SessionTable table = new SessionTable();

    /** A grant follows from a heartbeat that may have been sent before the request came that it answers. */
    @Test
    void theNewestIsWhatTheLogHasLastWhateverItsTime() {
        table.tell(assignment(SessionStatus.QUEUED), 1_005, 1);
        table.tell(assignment(SessionStatus.GRANTED), 1_000, 2);
        assertThat(status()).isEqualTo(SessionStatus.GRANTED);
        assertThat(table.ofHost("h-1", "b-1")).hasSize(1);
        table.tell(assignment(SessionStatus.QUEUED), 1_005, 1);
        assertThat(status()).as("the log is read again").isEqualTo(SessionStatus.GRANTED);
    }

    @Test
    void anAnswerOfTheGateHidesNothingThatACellHasSaid() {
        table.tell(assignment(SessionStatus.GRANTED), 1_000, 1);
        table.tell(answer(), 2_000, 7);
        assertThat(status()).isEqualTo(SessionStatus.GRANTED);
    }

    @Test
    void whatACellSaysHidesAnAnswerWhoseOffsetIsOfAnotherTopic() {
        table.tell(answer(), 1_000, 7);
        table.tell(assignment(SessionStatus.QUEUED), 1_001, 1);
        assertThat(status()).isEqualTo(SessionStatus.QUEUED);
    }

    @Test
    void whatIsUnderWayIsKnownUntilSomethingIsSaidOfIt() {
        table.accepted("s-1", "ann", 1_000);
        assertThat(table.session("s-1").orElseThrow().isOutcome()).isFalse();
        table.tell(assignment(SessionStatus.QUEUED), 1_000, 0);
        assertThat(status()).isEqualTo(SessionStatus.QUEUED);
        table.accepted("s-1", "ann", 1_002);
        assertThat(status()).isEqualTo(SessionStatus.QUEUED);
        table.forgetBefore(9_000);
        assertThat(table.size()).isEqualTo(1);
    }

    /** Two players' records come from two partitions. */
    @Test
    void anEarlierSessionOfASlotThatIsReadLaterHidesNothing() {
        Assignment now = assignment(SessionStatus.GRANTED);
        now.setPlayerId("bob");
        now.setSessionId("s-2");
        now.setToken(2);
        table.tell(now, 2_000, 1);
        table.tell(assignment(SessionStatus.GRANTED), 1_000, 1);
        assertThat(table.ofHost("h-1", "b-1")).containsExactly(now);
        table.tell(assignment(SessionStatus.ENDED), 1_500, 2);
        assertThat(table.ofHost("h-1", "b-1")).containsExactly(now);
    }

    @Test
    void onlyWhatIsOverIsForgotten() {
        table.tell(assignment(SessionStatus.GRANTED), 1_000, 1);
        table.forgetBefore(5_000);
        assertThat(table.size()).isEqualTo(1);
        table.tell(assignment(SessionStatus.ENDED), 4_000, 2);
        table.forgetBefore(4_000);
        assertThat(table.size()).isEqualTo(1);
        table.forgetBefore(4_001);
        assertThat(table.size()).isZero();
    }

    @Test
    void ofAPlayerWhoIsGoneNothingIsKnownThatWasToldBefore() {
        Assignment missed = assignment(SessionStatus.GRANTED);
        table.tell(missed, 1_000, 1);
        Assignment other = Assignments.of("s-2", SessionStatus.QUEUED);
        other.setPlayerId("bob");
        table.tell(other, 1_000, 1);
        table.forget("ann", 2);
        table.forgetGone();
        assertThat(table.session("s-1")).isEmpty();
        assertThat(table.ofHost("h-1", "b-1")).isEmpty();
        assertThat(table.hosts()).isZero();
        assertThat(table.session("s-2")).isPresent();
        table.tell(missed, 3_000, 3);
        table.forgetGone();
        assertThat(table.session("s-1")).as("the player is back").isPresent();
    }

    /** The log is read again, and the player has come back meanwhile. */
    @Test
    void anEarlierGoingHidesNothingThatWasToldAfterIt() {
        table.tell(assignment(SessionStatus.GRANTED), 3_000, 3);
        table.forget("ann", 2);
        table.forgetGone();
        assertThat(table.ofHost("h-1", "b-1")).hasSize(1);
    }

    @Test
    void aStopThatComesLaterAndIsOfALowerTokenHidesNothing() {
        table.tell(stop("b-1", 8));
        table.tell(stop("b-1", 7));
        assertThat(table.stops("h-2", "b-1")).containsExactly(stop("b-1", 8));
        table.tell(stop("b-1", 9));
        assertThat(table.stops("h-2", "b-1")).containsExactly(stop("b-1", 9));
        table.tell(stop("b-2", 1));
        assertThat(table.stops("h-2", "b-2")).containsExactly(stop("b-2", 1));
        assertThat(table.stops("h-2", "b-1")).containsExactly(stop("b-1", 9));
    }

    @Test
    void aHostThatHasNothingToDoTakesNoRoom() {
        table.tell(assignment(SessionStatus.GRANTED), 1_000, 1);
        table.tell(stop("b-1", 1));
        assertThat(table.hosts()).isEqualTo(2);
        table.tell(assignment(SessionStatus.ENDED), 1_000, 2);
        table.forgetBefore(1_001);
        assertThat(table.hosts()).isZero();
    }

    private static HostCommand stop(String bootId, long token) {
        return HostCommand.newBuilder()
                .setHostId("h-2")
                .setBootId(bootId)
                .setSlot(0)
                .setToken(token)
                .setReason("RELEASE")
                .setAt(1_000)
                .build();
    }

    private SessionStatus status() {
        Assignment known = table.session("s-1").orElseThrow().assignment();
        return known == null ? SessionStatus.UNKNOWN : known.getStatus();
    }

    private static TicketAnswer answer() {
        return TicketAnswer.newBuilder()
                .setPlayerId("ann")
                .setSessionId("s-1")
                .setOutcome(TicketOutcome.CANCELLED)
                .setAt(1)
                .build();
    }

    private static Assignment assignment(SessionStatus status) {
        return Assignments.of("s-1", status);
    }
}
