package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.schemas.sessions.TicketOutcome;
import io.gamestream.schemas.sessions.Withdraw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where tickets go, and that they are in one place at a time. */
class GateMachineTest {

    private static final long NOW = 10_000_000;

    private final List<CellCapacity> cells = new ArrayList<>();
    private final Map<String, Long> silent = new HashMap<>();
    private final GateMachine machine = new GateMachine(DrivenSessions.config().gate());
    private @Nullable PlayerRow row;
    private long now = NOW;

    @Test
    void theNearestCellIsAskedToQueueWhereItIsFreeOrNot() {
        cells.add(cell("fra", 10, 0));
        cells.add(cell("ams", 10, 0));
        assertThat(place(request(Map.of("fra", 10, "ams", 20)))).satisfies(place -> {
            assertThat(place.getHome()).isTrue();
            assertThat(place.getMayQueue()).isTrue();
            assertThat(place.getRttMs()).isEqualTo(10);
            assertThat(place.getPatienceMs()).isEqualTo(12_000);
        });
    }

    @Test
    void aFullNearestCellIsPassedOverWithinTheCap() {
        cells.add(cell("fra", 0, 5));
        cells.add(cell("ams", 10, 0));
        cells.add(cell("iad", 10, 0));
        GateDecision decision = request(Map.of("fra", 10, "ams", 25, "iad", 90));
        assertThat(cellOf(decision)).isEqualTo("ams");
        assertThat(place(decision).getHome()).isFalse();
        assertThat(place(decision).getMayQueue()).isFalse();
    }

    @Test
    void theReserveOfAnotherCellIsNotCountedOn() {
        cells.add(cell("fra", 0, 5));
        cells.add(cell("ams", 3, 0));
        assertThat(cellOf(request(Map.of("fra", 10, "ams", 20)))).isEqualTo("fra");
    }

    @Test
    void whoHasWaitedLongEnoughIsSentFarther() {
        cells.add(cell("fra", 0, 5));
        cells.add(cell("iad", 10, 0));
        assertThat(cellOf(request(Map.of("fra", 10, "iad", 90)))).isEqualTo("fra");
        now += 30_000;
        assertThat(cellOf(told(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH")))
                .isEqualTo("iad");
        GateDecision back = told(SessionStatus.HANDED_BACK, 2, "NOTHING_FREE");
        assertThat(cellOf(back)).isEqualTo("fra");
        assertThat(place(back).getMayQueue()).isTrue();
        assertThat(place(back).getRequestedAt()).isEqualTo(NOW);
        assertThat(place(back).getAttempt()).isEqualTo(3);
    }

    @Test
    void whatAPlayerWasToldFirstGoesAlongToTheNextCell() {
        cells.add(cell("fra", 10, 0));
        assertThat(place(request(Map.of("fra", 10))).getFirstEtaMs()).isEqualTo(-1);
        Assignment back = assignment(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH");
        back.setFirstEtaMs(20_000);
        back.setFirstEtaAt(NOW + 7);
        assertThat(place(decide(new GateInput.Told(back, now)))).satisfies(place -> {
            assertThat(place.getFirstEtaMs()).isEqualTo(20_000);
            assertThat(place.getFirstEtaAt()).isEqualTo(NOW + 7);
        });
    }

    @Test
    void aCellThatIsSilentIsAvoidedAsLongAsThereIsAnother() {
        cells.add(cell("fra", 10, 0));
        cells.add(cell("ams", 10, 0));
        silent.put("fra", 4_000L);
        assertThat(cellOf(request(Map.of("fra", 10, "ams", 20)))).isEqualTo("ams");
    }

    @Test
    void whoWaitsInTheOnlyCellThatIsThereLooksAgainForTheOthers() {
        cells.add(cell("fra", 10, 0));
        cells.add(cell("ams", 0, 5));
        silent.put("fra", 4_000L);
        assertThat(place(request(Map.of("fra", 10, "ams", 20))).getPatienceMs()).isEqualTo(12_000);
        row = null;
        cells.remove(0);
        assertThat(place(request(Map.of("fra", 10, "ams", 20))).getPatienceMs()).isZero();
    }

    @Test
    void aCellThatHasStoppedGrantingIsAvoided() {
        cells.add(cell("fra", 10, 0));
        cells.add(cell("ams", 10, 0));
        cells.get(0).setHalted("a violation");
        assertThat(cellOf(request(Map.of("fra", 10, "ams", 20)))).isEqualTo("ams");
    }

    @Test
    void whatACellSaysOfAnEarlierAttemptCountsForNothing() {
        cells.add(cell("fra", 10, 0));
        request(Map.of("fra", 10));
        told(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH");
        assertThat(told(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH").cells())
                .isEmpty();
    }

    @Test
    void aTicketThatIsHandedBackWhileItIsCancelledGoesNowhere() {
        cells.add(cell("fra", 10, 0));
        request(Map.of("fra", 10));
        assertThat(ask(TicketCommandKind.CANCEL).cells())
                .singleElement()
                .satisfies(record -> assertThat(record.getBody()).isInstanceOf(Withdraw.class));
        GateDecision back = told(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH");
        assertThat(back.cells()).isEmpty();
        assertThat(back.answers()).singleElement().satisfies(answer -> assertThat(answer.getOutcome())
                .isEqualTo(TicketOutcome.CANCELLED));
        // The player has read of a line: without that nobody would ever hear that it is over.
        assertThat(back.ends()).singleElement().satisfies(end -> {
            assertThat(end.getStatus()).isEqualTo(SessionStatus.ENDED);
            assertThat(end.getSessionId()).isEqualTo("s-1");
        });
        assertThat(row).isNotNull();
        assertThat(Objects.requireNonNull(row).getLive()).isNull();
    }

    @Test
    void aMemberOfAPartyThatCameToNothingReadsOfTheEndInWhicheverOrderItsGateHears() {
        Assignment back = assignment(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH");
        cells.add(cell("fra", 10, 0));
        decide(new GateInput.Asked(claim()));
        assertThat(decide(new GateInput.Told(back, now)).ends()).isEmpty();
        assertThat(ask(TicketCommandKind.UNCLAIM).ends()).singleElement().satisfies(end -> {
            assertThat(end.getStatus()).isEqualTo(SessionStatus.ENDED);
            assertThat(end.getCellId()).isEqualTo("fra");
            assertThat(end.getRegion()).isEqualTo("fra");
        });
        row = null;
        decide(new GateInput.Asked(claim()));
        assertThat(ask(TicketCommandKind.UNCLAIM).ends()).isEmpty();
        assertThat(decide(new GateInput.Told(back, now)).ends())
                .extracting(Assignment::getStatus)
                .containsExactly(SessionStatus.ENDED);
    }

    private TicketCommand claim() {
        TicketCommand claim = command(TicketCommandKind.CLAIM);
        claim.setLeaderId("bob");
        claim.setTicketId("s-bob");
        claim.setGameId("g-1");
        claim.setGpuClass(GpuClass.STANDARD);
        return claim;
    }

    @Test
    void aSessionThatLostItsSlotIsPlacedFirstAndWithWhatItHasPlayed() {
        cells.add(cell("fra", 10, 0));
        request(Map.of("fra", 10));
        told(SessionStatus.ACTIVE, 1, null);
        Assignment back = assignment(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH");
        back.setStartedAt(NOW);
        back.setPlayedMs(42);
        back.setMoves(1);
        GateDecision decision = decide(new GateInput.Told(back, now));
        assertThat(place(decision).getRecovery()).isTrue();
        assertThat(place(decision).getMembers()).singleElement().satisfies(member -> {
            assertThat(member.getPlayedMs()).isEqualTo(42);
            assertThat(member.getMoves()).isEqualTo(1);
        });
    }

    @Test
    void aSessionThatWasPlayedIsEndedByACellHoweverItIsCancelled() {
        cells.add(cell("fra", 10, 0));
        request(Map.of("fra", 10));
        told(SessionStatus.ACTIVE, 1, null);
        ask(TicketCommandKind.CANCEL);
        cells.clear();
        assertThat(told(SessionStatus.HANDED_BACK, 1, "WAITED_LONG_ENOUGH").cells())
                .extracting(record -> record.getBody().getClass().getSimpleName())
                .containsExactly("Place", "Withdraw");
    }

    @Test
    void aRequestIsRememberedAfterItsEnd() {
        cells.add(cell("fra", 10, 0));
        request(Map.of("fra", 10));
        told(SessionStatus.ENDED, 1, "PLAYER");
        GateDecision again = request(Map.of("fra", 10));
        assertThat(again.cells()).isEmpty();
        assertThat(again.answers()).singleElement().satisfies(answer -> assertThat(answer.getOutcome())
                .isEqualTo(TicketOutcome.CANCELLED));
    }

    @Test
    void aCancelThatComesBeforeItsRequestWins() {
        cells.add(cell("fra", 10, 0));
        ask(TicketCommandKind.CANCEL);
        assertThat(request(Map.of("fra", 10)).cells()).isEmpty();
    }

    @Test
    void whoeverHasNoTicketForADayIsForgotten() {
        GatePolicy policy = DrivenSessions.config().gate();
        cells.add(cell("fra", 10, 0));
        request(Map.of("fra", 10));
        long day = Duration.ofHours(24).toMillis();
        assertThat(policy.forgets(Objects.requireNonNull(row), NOW + 2 * day))
                .as("a ticket")
                .isFalse();
        now += 1_000;
        told(SessionStatus.ENDED, 1, "PLAYER");
        assertThat(policy.forgets(Objects.requireNonNull(row), now + day - 1)).isFalse();
        assertThat(policy.forgets(Objects.requireNonNull(row), now + day)).isTrue();
    }

    private GateDecision request(Map<String, Integer> rtt) {
        TicketCommand command = command(TicketCommandKind.REQUEST);
        command.setGameId("g-1");
        command.setRttMs(rtt);
        return decide(new GateInput.Asked(command));
    }

    private GateDecision ask(TicketCommandKind kind) {
        return decide(new GateInput.Asked(command(kind)));
    }

    private TicketCommand command(TicketCommandKind kind) {
        return TicketCommand.newBuilder()
                .setKind(kind)
                .setPlayerId("ann")
                .setSessionId("s-1")
                .setAt(now)
                .build();
    }

    private GateDecision told(SessionStatus status, int attempt, @Nullable String reason) {
        return decide(new GateInput.Told(assignment(status, attempt, reason), now));
    }

    private static Assignment assignment(SessionStatus status, int attempt, @Nullable String reason) {
        return Assignment.newBuilder()
                .setPlayerId("ann")
                .setSessionId("s-1")
                .setTicketId("s-1")
                .setAttempt(attempt)
                .setStatus(status)
                .setCellId("fra")
                .setRegion("fra")
                .setGameId("g-1")
                .setGpuClass(GpuClass.STANDARD)
                .setRequestedAt(NOW)
                .setReason(reason)
                .build();
    }

    private GateDecision decide(GateInput input) {
        GateDecision decision = machine.decide(row, "ann", input, new World());
        if (decision.row() != null) {
            row = decision.row();
        }
        return decision;
    }

    private static String cellOf(GateDecision decision) {
        return decision.cells().get(0).getCellId();
    }

    private static Place place(GateDecision decision) {
        return (Place) decision.cells().get(0).getBody();
    }

    private static CellCapacity cell(String id, int free, int queued) {
        return CellCapacity.newBuilder()
                .setCellId(id)
                .setRegion(id)
                .setAt(NOW)
                .setHosts(10)
                .setHostsReady(10)
                .setDrainableHosts(0)
                .setClasses(List.of(ClassCapacity.newBuilder()
                        .setGpuClass(GpuClass.STANDARD)
                        .setSlots(100)
                        .setUsable(100)
                        .setFree(free)
                        .setReserve(3)
                        .setLive(100 - free)
                        .setPlaying(0)
                        .setQueued(queued)
                        .setReleasesPerMinute(0)
                        .setPriceMs(CapacityRules.price(100, free, queued))
                        .build()))
                .build();
    }

    private final class World implements GateWorld {

        @Override
        public @Nullable Game game(String gameId) {
            return Game.newBuilder()
                    .setId(gameId)
                    .setTitle(gameId)
                    .setPriceMinor(0)
                    .setCurrency("EUR")
                    .setStatus(GameStatus.ACTIVE)
                    .setGpuClass(GpuClass.STANDARD)
                    .setCreatedAt(Instant.EPOCH)
                    .setUpdatedAt(Instant.EPOCH)
                    .build();
        }

        @Override
        public Collection<CellCapacity> cells() {
            return cells;
        }

        @Override
        public long silentMs(String cellId) {
            return silent.getOrDefault(cellId, 0L);
        }
    }
}
