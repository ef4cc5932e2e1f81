package io.gamestream.bench.sessions;

import io.gamestream.local.stack.FreeGames;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.topology.session.GateInput;
import io.gamestream.topology.session.GateMachine;
import io.gamestream.topology.session.GatePolicy;
import io.gamestream.topology.session.GateWorld;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The gate's rows of players who have a slot, by the gate's own rules. */
final class LivePlayers {

    private final GateMachine gate;
    private final GateWorld world = new OneCell();

    LivePlayers(GatePolicy policy) {
        gate = new GateMachine(policy);
    }

    /** The row after a player has asked and was granted that. */
    PlayerRow row(Assignment granted) {
        TicketCommand request = TicketCommand.newBuilder()
                .setKind(TicketCommandKind.REQUEST)
                .setPlayerId(granted.getPlayerId())
                .setSessionId(granted.getSessionId())
                .setAt(granted.getRequestedAt())
                .setGameId(granted.getGameId())
                .setTier(granted.getTier())
                .setRttMs(Map.of(CellLoad.REGION, 20))
                .build();
        PlayerRow placed = row(null, granted, new GateInput.Asked(request));
        return row(placed, granted, new GateInput.Told(granted, granted.getRequestedAt()));
    }

    private PlayerRow row(@Nullable PlayerRow before, Assignment granted, GateInput input) {
        return Objects.requireNonNull(
                gate.decide(before, granted.getPlayerId(), input, world).row(), "a row that has changed");
    }

    /** Where all of them are. */
    private static final class OneCell implements GateWorld {

        private final Game game = FreeGames.of(CellLoad.GAME, GpuClass.STANDARD);

        private final List<CellCapacity> cells = List.of(CellCapacity.newBuilder()
                .setCellId(CellLoad.CELL)
                .setRegion(CellLoad.REGION)
                .setAt(0)
                .setHosts(1)
                .setHostsReady(1)
                .setDrainableHosts(1)
                .setClasses(List.of(ClassCapacity.newBuilder()
                        .setGpuClass(GpuClass.STANDARD)
                        .setSlots(4)
                        .setUsable(4)
                        .setFree(4)
                        .setReserve(0)
                        .setLive(0)
                        .setPlaying(0)
                        .setQueued(0)
                        .setReleasesPerMinute(0)
                        .setPriceMs(0)
                        .build()))
                .build());

        @Override
        public Game game(String gameId) {
            return game;
        }

        @Override
        public List<CellCapacity> cells() {
            return cells;
        }

        @Override
        public long silentMs(String cellId) {
            return 0;
        }
    }
}
