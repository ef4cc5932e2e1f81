package io.gamestream.chaos.sessions.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.sessions.plant.Bug;
import io.gamestream.local.sessions.HostFact;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each gate is found broken by evidence that breaks it, and none by evidence that doesn't. */
class VerdictTest {

    private static final String SLOT = Evidence.slot(Good.HOST, 0);

    private final Evidence evidence = Good.evidence();

    private void breaks(Gate gate) {
        assertThat(Verdict.of(evidence).counts())
                .as("%s", Verdict.of(evidence).samples())
                .containsKey(gate);
    }

    private List<SlotEvent> slot() {
        return Objects.requireNonNull(evidence.slotEvents.get(SLOT));
    }

    private List<Assignment> told(String player) {
        return Objects.requireNonNull(evidence.assignments.get(player));
    }

    private SlotEvent grant() {
        return slot().stream()
                .filter(event -> event.getTo() == SlotState.RESERVED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsWrongWithALifeThatWentWell() {
        assertThat(Verdict.of(evidence).samples()).isEmpty();
        assertThat(slot()).hasSizeGreaterThan(3);
        assertThat(evidence.plays).hasSize(3);
    }

    @Test
    void everyGateHasABugThatMustBreakIt() {
        assertThat(Arrays.stream(Bug.values()).map(Bug::breaks)).containsExactlyInAnyOrder(Gate.values());
    }

    @Test
    void d1AnEventThatIsMissing() {
        slot().remove(2);
        breaks(Gate.D1);
    }

    @Test
    void d1AnEventThatIsThereTwice() {
        slot().add(2, slot().get(2));
        breaks(Gate.D1);
    }

    @Test
    void d1AGrantOnASlotThatIsTaken() {
        int at = slot().indexOf(grant());
        slot().add(
                        at + 1,
                        SlotEvent.newBuilder(grant())
                                .setVersion(grant().getVersion() + 1)
                                .setFrom(SlotState.RESERVED)
                                .setSessionId("s-other")
                                .setToken(grant().getToken() + 1)
                                .build());
        breaks(Gate.D1);
    }

    @Test
    void d1ATokenThatDoesNotGrow() {
        grant().setToken(0);
        breaks(Gate.D1);
    }

    @Test
    void d2TwoSessionsOnOneSlotByTheHostsWord() {
        evidence.hosts.add(Good.host(2_000_000, HostFact.Kind.TAKEN, 0, 5, "s-x", "x"));
        evidence.hosts.add(Good.host(2_000_001, HostFact.Kind.TAKEN, 0, 6, "s-y", "y"));
        breaks(Gate.D2);
    }

    @Test
    void d2AnOlderTokenAfterANewerOne() {
        evidence.hosts.add(Good.host(2_000_000, HostFact.Kind.TAKEN, 0, 1, "s-x", "x"));
        evidence.hosts.add(Good.host(2_000_001, HostFact.Kind.STOPPED, 0, 1, "s-x", ""));
        breaks(Gate.D2);
    }

    @Test
    void d2AHostThatIsGivenUpAndRunsOn() {
        SlotEvent release = release();
        release.setCause("LOST");
        evidence.seen.put(Evidence.id(release), stopped() - 100);
        breaks(Gate.D2);
    }

    @Test
    void d3ASlotThatIsNeverFreed() {
        slot().remove(slot().size() - 1);
        breaks(Gate.D3);
    }

    @Test
    void d3AHostThatRunsSomethingInTheEnd() {
        evidence.hosts.removeIf(fact -> fact.kind() == HostFact.Kind.STOPPED && fact.slot() == 1);
        breaks(Gate.D3);
    }

    @Test
    void d3WhatDoesNotComeToRest() {
        evidence.stillBusy.add("3 players are there");
        breaks(Gate.D3);
    }

    @Test
    void d4ARequestThatNobodyAnswers() {
        evidence.tickets.add(Good.request("ann", "s-lost"));
        breaks(Gate.D4);
    }

    @Test
    void d4ASessionThatNeverEnds() {
        told("ann").remove(told("ann").size() - 1);
        breaks(Gate.D4);
    }

    @Test
    void d4AnEndThatItsPlayerCanNotRead() {
        evidence.lastRead.put("s-ann", List.of("ENDED", "QUEUED"));
        breaks(Gate.D4);
    }

    @Test
    void d5TwoLiveSessionsByTheLog() {
        Assignment granted = told("ann").get(0);
        assertThat(granted.getStatus()).isEqualTo(SessionStatus.GRANTED);
        told("ann")
                .add(1, Assignment.newBuilder(granted).setSessionId("s-second").build());
        breaks(Gate.D5);
    }

    @Test
    void d5OneSessionThatIsMovedBeforeItHasStopped() {
        HostFact taken = fact(HostFact.Kind.TAKEN, 0);
        evidence.hosts.add(
                evidence.hosts.indexOf(fact(HostFact.Kind.STOPPED, 0)),
                Good.host(taken.at() + 100, HostFact.Kind.TAKEN, 7, 1, taken.sessionId(), "ann"));
        evidence.seen.replaceAll((id, at) -> at - 60_000);
        breaks(Gate.D5);
    }

    @Test
    void d5TwoLiveSessionsByTheHostsWord() {
        evidence.hosts.add(
                evidence.hosts.indexOf(fact(HostFact.Kind.STOPPED, 0)),
                Good.host(fact(HostFact.Kind.TAKEN, 0).at() + 100, HostFact.Kind.TAKEN, 7, 1, "s-second", "ann"));
        evidence.seen.replaceAll((id, at) -> at + 60_000);
        breaks(Gate.D5);
    }

    @Test
    void d6AGrantOnASuspect() {
        grant().setHostHealth(HostHealth.SUSPECT);
        breaks(Gate.D6);
    }

    @Test
    void d6AGrantAfterTheDrainInTheLog() {
        HostDrain drain = HostDrain.newBuilder()
                .setHostId(Good.HOST)
                .setDraining(true)
                .setEvictAfterMs(0)
                .build();
        // Before the host is known the cell passes it over, and so would a cell that forgot it.
        Objects.requireNonNull(evidence.inbox.get(Good.CELL))
                .add(
                        2,
                        new Evidence.Logged(
                                CellRecord.newBuilder()
                                        .setCellId(Good.CELL)
                                        .setAt(1_000_500)
                                        .setBody(drain)
                                        .build(),
                                1_000_500));
        breaks(Gate.D6);
    }

    @Test
    void d7SomebodyWhoIsSentAwayFromAFreeSlot() {
        told("ann")
                .set(
                        0,
                        Assignment.newBuilder(told("ann").get(0))
                                .setStatus(SessionStatus.QUEUED)
                                .build());
        breaks(Gate.D7);
    }

    @Test
    void d8ACellThatHasStopped() {
        CellCapacity last = evidence.capacities.get(evidence.capacities.size() - 1);
        last.setHalted("3 sessions are on slots, 2 are known");
        breaks(Gate.D8);
    }

    @Test
    void d8CountsThatDoNotAddUp() {
        evidence.capacities.get(1).getClasses().get(0).setFree(99);
        breaks(Gate.D8);
    }

    @Test
    void d9AnotherHostThanTheLogLeadsTo() {
        slot().forEach(event -> event.setHostId("h-2"));
        breaks(Gate.D9);
    }

    @Test
    void d9AnEventThatNoRecordLeadsTo() {
        Evidence.Logged last = Objects.requireNonNull(evidence.inbox.get(Good.CELL))
                .remove(evidence.inbox.get(Good.CELL).size() - 2);
        assertThat(last.record().getBody()).isNotNull();
        breaks(Gate.D9);
    }

    @Test
    void d10ASessionWithoutItsPlay() {
        evidence.plays.remove(0);
        breaks(Gate.D10);
    }

    @Test
    void d10ASessionThatStartsTwice() {
        evidence.sessionEvents.add(evidence.sessionEvents.get(0));
        breaks(Gate.D10);
    }

    @Test
    void d11AKillThatTakesTooLong() {
        evidence.outages.add(new Outage("2: a kill", Duration.ofSeconds(11), Duration.ofSeconds(10)));
        breaks(Gate.D11);
    }

    @Test
    void d12AStreamThatNobodyWants() {
        SlotEvent release = release();
        evidence.seen.put(Evidence.id(release), stopped() - 20_000);
        evidence.hosts.replaceAll(fact -> fact.kind() == HostFact.Kind.TAKEN && fact.slot() == 0
                ? Good.host(fact.at() - 30_000, fact.kind(), 0, 1, "s-ann", "ann")
                : fact);
        breaks(Gate.D12);
    }

    @Test
    void d12AStreamWithoutAnyAcknowledgement() {
        evidence.hosts.removeIf(fact -> fact.kind() == HostFact.Kind.ACKNOWLEDGED);
        evidence.hosts.replaceAll(fact ->
                fact.kind() == HostFact.Kind.BOOTED ? Good.host(fact.at() - 60_000, fact.kind(), -1, 0, "", "") : fact);
        breaks(Gate.D12);
    }

    @Test
    void d13HalfAParty() {
        evidence.assignments.remove("cid");
        breaks(Gate.D13);
    }

    @Test
    void d14TwoSessionsOfOneKey() {
        evidence.tickets.add(Good.request("ann", "s-again"));
        breaks(Gate.D14);
    }

    @Test
    void d15PoisonThatIsGone() {
        evidence.deadLetters.clear();
        breaks(Gate.D15);
    }

    @Test
    void d15ADeadLetterThatWasNoPoison() {
        evidence.deadLetters.add("eu-west-1");
        breaks(Gate.D15);
    }

    private SlotEvent release() {
        return slot().stream()
                .filter(event -> event.getFrom() == SlotState.ACTIVE)
                .findFirst()
                .orElseThrow();
    }

    private HostFact fact(HostFact.Kind kind, int slot) {
        return evidence.hosts.stream()
                .filter(one -> one.kind() == kind && one.slot() == slot)
                .findFirst()
                .orElseThrow();
    }

    private long stopped() {
        return fact(HostFact.Kind.STOPPED, 0).at();
    }
}
