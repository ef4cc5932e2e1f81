package io.gamestream.bench.quality;

import io.gamestream.local.stack.FreeGames;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.topology.session.GateDecision;
import io.gamestream.topology.session.GateInput;
import io.gamestream.topology.session.GateMachine;
import io.gamestream.topology.session.GateWorld;
import io.gamestream.topology.session.SessionConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The gate and the cells as they run in the service, on the settings that they are given; only the logs between them are left out. */
final class OurRules implements Matchmaker, GateWorld {

    /** The clocks of the rules begin somewhere: 0 means never to them. */
    private static final long EPOCH = 1_000_000_000_000L;

    private static final int SLOTS_PER_HOST = 4;
    private static final Game GAME = FreeGames.of("game-1", GpuClass.STANDARD);

    private final String name;
    private final SessionConfig config;
    private final GateMachine gate;
    private final List<OurCell> cells = new ArrayList<>();
    private final Map<String, Integer> siteOfCell = new HashMap<>();
    private final Map<String, CellCapacity> capacities = new TreeMap<>();
    private final List<Map<String, Integer>> rtts = new ArrayList<>();
    private final Map<String, PlayerRow> players = new HashMap<>();
    private final Map<String, Visit> visits = new HashMap<>();
    private final Map<Visit, Assignment> granted = new HashMap<>();
    private @Nullable Grants grants;

    OurRules(String name, SessionConfig config) {
        this.name = name;
        this.config = config;
        this.gate = new GateMachine(config.gate());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(Trace trace, Grants grants) {
        this.grants = grants;
        int[] slots = trace.slots();
        for (int site = 0; site < slots.length; site++) {
            OurCell cell =
                    new OurCell(Geography.SITES.get(site).name(), slots[site], SLOTS_PER_HOST, config.policy(), EPOCH);
            cells.add(cell);
            siteOfCell.put(cell.id(), site);
            capacities.put(cell.id(), cell.capacity());
        }
        for (int city = 0; city < Geography.CITIES.size(); city++) {
            Map<String, Integer> measured = new LinkedHashMap<>();
            for (int site = 0; site < slots.length; site++) {
                measured.put(Geography.SITES.get(site).name(), trace.geography().rttMs(city, site));
            }
            rtts.add(measured);
        }
    }

    @Override
    public Game game(String gameId) {
        return GAME;
    }

    @Override
    public Collection<CellCapacity> cells() {
        return capacities.values();
    }

    @Override
    public long silentMs(String cellId) {
        return 0;
    }

    @Override
    public void arrive(Visit visit, long now) {
        visits.put(player(visit), visit);
        ask(TicketCommandKind.REQUEST, visit, now);
    }

    @Override
    public void giveUp(Visit visit, long now) {
        ask(TicketCommandKind.CANCEL, visit, now);
    }

    @Override
    public void leave(Visit visit, int site, long now) {
        told(cells.get(site).say(grantOf(visit), SlotPhase.CLEANING, EPOCH + now), now);
    }

    @Override
    public void freed(Visit visit, int site, long now) {
        told(cells.get(site).say(grantOf(visit), SlotPhase.IDLE, EPOCH + now), now);
        granted.remove(visit);
    }

    @Override
    public void second(long now) {
        for (OurCell cell : cells) {
            told(cell.tick(EPOCH + now), now);
            capacities.put(cell.id(), cell.capacity());
        }
    }

    private void ask(TicketCommandKind kind, Visit visit, long now) {
        decide(
                player(visit),
                new GateInput.Asked(TicketCommand.newBuilder()
                        .setKind(kind)
                        .setPlayerId(player(visit))
                        .setSessionId("s-" + visit.number())
                        .setAt(EPOCH + now)
                        .setGameId(GAME.getId())
                        .setRttMs(rtts.get(visit.city()))
                        .setParty(List.of())
                        .build()),
                now);
    }

    private void decide(String player, GateInput input, long now) {
        GateDecision decision = gate.decide(players.get(player), player, input, this);
        if (decision.row() != null) {
            players.put(player, decision.row());
        }
        for (CellRecord record : decision.cells()) {
            told(cells.get(site(record.getCellId())).fold(record), now);
        }
    }

    private void told(List<Assignment> assignments, long now) {
        for (Assignment assignment : assignments) {
            String player = assignment.getPlayerId();
            if (assignment.getStatus() == SessionStatus.GRANTED) {
                Visit visit = Objects.requireNonNull(visits.get(player));
                int site = site(assignment.getCellId());
                granted.put(visit, assignment);
                Objects.requireNonNull(grants).grant(visit, site);
                told(cells.get(site).say(assignment, SlotPhase.RUNNING, EPOCH + now), now);
            }
            decide(player, new GateInput.Told(assignment, EPOCH + now), now);
            if (assignment.getStatus() == SessionStatus.ENDED) {
                players.remove(player);
                visits.remove(player);
            }
        }
    }

    private Assignment grantOf(Visit visit) {
        return Objects.requireNonNull(granted.get(visit));
    }

    private int site(String cellId) {
        return Objects.requireNonNull(siteOfCell.get(cellId));
    }

    private static String player(Visit visit) {
        return "p-" + visit.number();
    }
}
