package io.gamestream.bench.sessions;

import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.Member;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.PolicySet;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.Tick;
import io.gamestream.topology.session.Cell;
import io.gamestream.topology.session.CellDecision;
import io.gamestream.topology.session.CellMachine;
import io.gamestream.topology.session.PolicyJson;
import io.gamestream.topology.session.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A cell and its hosts, in memory; each host does at once what it is granted. */
final class CellLoad {

    static final String CELL = "bench-1";
    static final String REGION = "bench";
    static final String GAME = "game-1";

    private final Cell cell = Cell.empty(CELL, REGION);
    private final int slotsPerHost;
    private final List<SlotReport[]> slots = new ArrayList<>();
    private final List<Long> seqs = new ArrayList<>();
    private final Consumer<CellDecision> each;
    private long now = 1_000_000;
    private long players;
    private long decisions;

    /** @param each hears of each decision, as the task's stores would */
    CellLoad(int hosts, int slotsPerHost, Consumer<CellDecision> each) {
        this.slotsPerHost = slotsPerHost;
        this.each = each;
        SessionConfig config = Settings.load(null, Map.of(), Map.of()).bind("sessions", SessionConfig.class);
        fold(PolicySet.newBuilder().setPolicy(PolicyJson.write(config.policy())).build());
        fold(new Tick());
        for (int host = 0; host < hosts; host++) {
            SlotReport[] ofHost = new SlotReport[slotsPerHost];
            for (int slot = 0; slot < slotsPerHost; slot++) {
                ofHost[slot] = slot(SlotPhase.IDLE, 0);
            }
            slots.add(ofHost);
            seqs.add(0L);
            report(host);
        }
    }

    Cell cell() {
        return cell;
    }

    long decisions() {
        return decisions;
    }

    /** One more player, who is granted a slot; null where there is none. */
    Assignment place() {
        String player = "player-" + players++;
        CellDecision decision = fold(Place.newBuilder()
                .setTicketId("s-" + player)
                .setAttempt(1)
                .setMembers(List.of(Member.newBuilder()
                        .setPlayerId(player)
                        .setSessionId("s-" + player)
                        .build()))
                .setGameId(GAME)
                .setGpuClass(GpuClass.STANDARD)
                .setTier("PLUS")
                .setHome(true)
                .setRttMs(20)
                .setRequestedAt(now)
                .setMayQueue(true)
                .setPatienceMs(30_000)
                .build());
        Assignment last = decision.assignments().get(0);
        if (last.getStatus() != SessionStatus.GRANTED) {
            throw new IllegalStateException("the cell is full after " + players + " players");
        }
        return last;
    }

    /** What the host does with it, word by word. */
    void say(Assignment granted, SlotPhase phase) {
        int host = Integer.parseInt(String.valueOf(granted.getHostId()).substring(2)) - 1_000_000;
        slots.get(host)[granted.getSlot()] = slot(phase, granted.getToken());
        report(host);
    }

    /** A second passes. */
    void tick() {
        now += 1_000;
        fold(new Tick());
    }

    private void report(int host) {
        long seq = seqs.get(host) + 1;
        seqs.set(host, seq);
        fold(HostReport.newBuilder()
                .setHostId("h-" + (1_000_000 + host))
                .setBootId("boot-1")
                .setSeq(seq)
                .setAddress("10.0.0.1:7000")
                .setGpuClass(GpuClass.STANDARD)
                .setSlots(List.of(slots.get(host)))
                .build());
    }

    int slots() {
        return slots.size() * slotsPerHost;
    }

    private CellDecision fold(Object body) {
        decisions++;
        CellDecision decision = CellMachine.decide(
                cell,
                CellRecord.newBuilder().setCellId(CELL).setAt(now).setBody(body).build());
        each.accept(decision);
        return decision;
    }

    private static SlotReport slot(SlotPhase phase, long token) {
        return SlotReport.newBuilder().setPhase(phase).setToken(token).build();
    }
}
