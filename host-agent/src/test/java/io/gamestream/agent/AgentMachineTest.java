package io.gamestream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.agent.AgentMachine.Acknowledgement;
import io.gamestream.agent.AgentMachine.Slot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentMachineTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final AgentMachine machine = new AgentMachine(2, LEASE, 0);

    @Test
    void startsWhatIsWantedOnce() {
        assertThat(want(0, 1, "a")).containsExactly(start(0, 1, "a"));
        assertThat(want(0, 1, "a")).isEmpty();
        assertThat(machine.slots().get(0)).isEqualTo(new Slot(SlotPhase.STARTING, 1, "a"));
    }

    @Test
    void aLowerTokenThanWasSeenIsRefusedEvenAfterItsSession() {
        want(0, 5, "a");
        machine.report(0, 5, SlotPhase.CLEANING);
        machine.report(0, 5, SlotPhase.IDLE);
        assertThat(want(0, 5, "a")).isEmpty();
        assertThat(want(0, 4, "b")).isEmpty();
        assertThat(want(0, 6, "c")).containsExactly(start(0, 6, "c"));
    }

    @Test
    void aHigherTokenReplacesWhatRuns() {
        want(0, 1, "a");
        assertThat(want(0, 2, "b"))
                .containsExactly(new Action.Stop(0, 1, "a", "replaced by token 2"), start(0, 2, "b"));
        assertThat(machine.report(0, 1, SlotPhase.RUNNING)).isFalse();
        assertThat(machine.slots().get(0).token()).isEqualTo(2);
    }

    @Test
    void onlyTheNamedTokenIsStopped() {
        want(0, 3, "a");
        assertThat(stop(0, 2)).isEmpty();
        assertThat(stop(0, 3)).containsExactly(new Action.Stop(0, 3, "a", "not wanted any more"));
        assertThat(stop(0, 3)).isEmpty();
    }

    @Test
    void aGrantThatIsTakenBackBeforeItArrivesIsRefusedAndTheHostSaysSo() {
        assertThat(stop(0, 3)).isEmpty();
        assertThat(machine.slots().get(0)).isEqualTo(new Slot(SlotPhase.IDLE, 3, null));
        assertThat(want(0, 3, "a")).as("of a router that reads behind").isEmpty();
        assertThat(want(0, 4, "b")).containsExactly(start(0, 4, "b"));
    }

    @Test
    void whatRunsUnderALowerTokenThanOneThatIsStoppedIsStopped() {
        want(0, 3, "a");
        assertThat(stop(0, 4)).hasSize(1);
        assertThat(machine.slots().get(0)).isEqualTo(new Slot(SlotPhase.CLEANING, 3, null));
        assertThat(stop(0, 4)).as("it is being cleaned under its own token").isEmpty();
        assertThat(machine.report(0, 3, SlotPhase.IDLE)).isTrue();
        assertThat(stop(0, 4)).isEmpty();
        assertThat(machine.slots().get(0)).isEqualTo(new Slot(SlotPhase.IDLE, 4, null));
    }

    @Test
    void aSlotThatCannotBeCleanedRefusesTheGrantAsWell() {
        want(0, 3, "a");
        stop(0, 3);
        machine.report(0, 3, SlotPhase.CLEAN_FAILED);
        stop(0, 4);
        assertThat(machine.slots().get(0)).isEqualTo(new Slot(SlotPhase.CLEAN_FAILED, 4, null));
    }

    @Test
    void withoutAnAcknowledgementEverythingIsStoppedWhenTheLeaseIsOver() {
        want(0, 1, "a");
        want(1, 1, "b");
        assertThat(machine.time(14_999)).isEmpty();
        assertThat(machine.time(15_000)).hasSize(2);
        assertThat(machine.report(0, 1, SlotPhase.RUNNING)).isFalse();
    }

    @Test
    void theLeaseCountsFromWhenTheHeartbeatWasSent() {
        want(0, 1, "a");
        machine.answered(new Acknowledgement(LEASE, List.of(), List.of()), 10_000);
        assertThat(machine.time(24_999)).isEmpty();
        machine.answered(new Acknowledgement(LEASE, List.of(), List.of()), 4_000);
        assertThat(machine.time(25_000)).hasSize(1);
    }

    @Test
    void whatIsTakenButNotAcknowledgedLeavesTheLeaseAsItIs() {
        want(0, 1, "a");
        assertThat(machine.answered(taken(List.of(), List.of()), 10_000)).isEmpty();
        assertThat(machine.time(14_999)).isEmpty();
        assertThat(machine.time(15_000)).hasSize(1);
    }

    /** The cell may have given the grant to another host since the router was last told of it. */
    @Test
    void whatIsTakenButNotAcknowledgedStopsAndStartsNothing() {
        want(0, 1, "a");
        WantedSession other = new WantedSession(1, 1, "b", "p-b", "g");
        assertThat(machine.answered(taken(List.of(other), List.of(new Acknowledgement.Stop(0, 1))), 1_000))
                .containsExactly(new Action.Stop(0, 1, "a", "not wanted any more"));
        assertThat(machine.slots().get(1)).isEqualTo(new Slot(SlotPhase.IDLE, 0, null));
        assertThat(want(1, 1, "b")).containsExactly(start(1, 1, "b"));
    }

    @Test
    void aGrantThatComesWithItsOwnStopIsNotStarted() {
        want(0, 1, "a");
        assertThat(machine.answered(
                        new Acknowledgement(
                                LEASE,
                                List.of(new WantedSession(0, 2, "b", "p-b", "g")),
                                List.of(new Acknowledgement.Stop(0, 2))),
                        0))
                .containsExactly(new Action.Stop(0, 1, "a", "not wanted any more"));
        assertThat(machine.slots().get(0).phase()).isEqualTo(SlotPhase.CLEANING);
    }

    @Test
    void aSlotThatIsNotThereIsPassedOver() {
        assertThat(want(7, 1, "a")).isEmpty();
        assertThat(stop(-1, 0)).isEmpty();
    }

    private List<Action> want(int slot, long token, String session) {
        return machine.answered(
                new Acknowledgement(
                        LEASE, List.of(new WantedSession(slot, token, session, "p-" + session, "g")), List.of()),
                0);
    }

    private List<Action> stop(int slot, long token) {
        return machine.answered(
                new Acknowledgement(LEASE, List.of(), List.of(new Acknowledgement.Stop(slot, token))), 0);
    }

    private static Acknowledgement taken(List<WantedSession> sessions, List<Acknowledgement.Stop> stops) {
        return new Acknowledgement(null, sessions, stops);
    }

    private static Action start(int slot, long token, String session) {
        return new Action.Start(new WantedSession(slot, token, session, "p-" + session, "g"));
    }
}
