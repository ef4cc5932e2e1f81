package io.gamestream.chaos.sessions.check;

import io.gamestream.local.sessions.HostFact;
import io.gamestream.local.sessions.PlayerFact;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.Member;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.PolicySet;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.Tick;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.schemas.sessions.Withdraw;
import io.gamestream.topology.session.Cell;
import io.gamestream.topology.session.CellDecision;
import io.gamestream.topology.session.CellMachine;
import io.gamestream.topology.session.PolicyJson;
import io.gamestream.topology.session.SessionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A short life of a cell with one host of three slots, in which all goes well: two players play, and a party of two. */
final class Good {

    static final String CELL = "eu-west-1";
    static final String HOST = "h-1";
    static final String BOOT = "boot-1";
    static final String POISON = "poison-1";

    private final Evidence evidence = new Evidence();
    private final Cell cell = Cell.empty(CELL, "eu-west");
    private long now = 1_000_000;
    private long seq;

    private Good() {}

    static Evidence evidence() {
        Good good = new Good();
        good.live();
        return good.evidence;
    }

    private void live() {
        evidence.regions.put(CELL, "eu-west");
        evidence.lease = Duration.ofSeconds(6);
        SessionConfig config = Settings.load(null, Map.of(), Map.of()).bind("sessions", SessionConfig.class);
        fold(PolicySet.newBuilder().setPolicy(PolicyJson.write(config.policy())).build());
        fold(new Tick());
        host(HostFact.Kind.BOOTED, -1, 0, "", "");
        report(phase(SlotPhase.IDLE, 0), phase(SlotPhase.IDLE, 0), phase(SlotPhase.IDLE, 0));
        ask("ann", "s-ann");
        place("s-ann", member("ann", "s-ann"));
        host(HostFact.Kind.TAKEN, 0, 1, "s-ann", "ann");
        report(phase(SlotPhase.RUNNING, 1), phase(SlotPhase.IDLE, 0), phase(SlotPhase.IDLE, 0));
        ask("bob", "s-bob");
        place("s-bob", member("bob", "s-bob"), member("cid", "s-bob.1"));
        host(HostFact.Kind.TAKEN, 1, 1, "s-bob", "bob");
        host(HostFact.Kind.TAKEN, 2, 1, "s-bob.1", "cid");
        report(phase(SlotPhase.RUNNING, 1), phase(SlotPhase.RUNNING, 1), phase(SlotPhase.RUNNING, 1));
        fold(new Tick());
        for (String session : List.of("s-ann", "s-bob", "s-bob.1")) {
            fold(Withdraw.newBuilder()
                    .setTicketId(session.substring(0, 5))
                    .setSessionId(session)
                    .setReason("PLAYER")
                    .build());
        }
        host(HostFact.Kind.STOPPED, 0, 1, "s-ann", "");
        host(HostFact.Kind.STOPPED, 1, 1, "s-bob", "");
        host(HostFact.Kind.STOPPED, 2, 1, "s-bob.1", "");
        report(phase(SlotPhase.IDLE, 1), phase(SlotPhase.IDLE, 1), phase(SlotPhase.IDLE, 1));
        fold(new Tick());
        for (String session : List.of("s-ann", "s-bob", "s-bob.1")) {
            evidence.lastRead.put(session, List.of("ENDED", "ENDED"));
        }
        evidence.poison.add(POISON);
        evidence.deadLetters.add(POISON);
        evidence.outages.add(new Outage("1: a kill", Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    private void ask(String player, String session) {
        now += 10;
        evidence.players.add(new PlayerFact(now, PlayerFact.Kind.ASKED, player, "key of " + session, "", 0, ""));
        evidence.players.add(
                new PlayerFact(now, PlayerFact.Kind.ANSWERED, player, "key of " + session, session, 201, "GRANTED"));
        evidence.tickets.add(request(player, session));
    }

    static TicketCommand request(String player, String session) {
        return TicketCommand.newBuilder()
                .setKind(TicketCommandKind.REQUEST)
                .setPlayerId(player)
                .setSessionId(session)
                .setAt(1)
                .build();
    }

    private static Member member(String player, String session) {
        return Member.newBuilder().setPlayerId(player).setSessionId(session).build();
    }

    private void place(String ticket, Member... members) {
        fold(place(now, ticket, members));
    }

    static Place place(long at, String ticket, Member... members) {
        return Place.newBuilder()
                .setTicketId(ticket)
                .setAttempt(1)
                .setMembers(new ArrayList<>(Arrays.asList(members)))
                .setGameId("g-1")
                .setGpuClass(GpuClass.STANDARD)
                .setTier("FREE")
                .setHome(true)
                .setRttMs(10)
                .setRequestedAt(at)
                .setMayQueue(true)
                .setPatienceMs(0)
                .build();
    }

    private static SlotReport phase(SlotPhase phase, long token) {
        return SlotReport.newBuilder().setPhase(phase).setToken(token).build();
    }

    private void report(SlotReport... slots) {
        fold(HostReport.newBuilder()
                .setHostId(HOST)
                .setBootId(BOOT)
                .setSeq(++seq)
                .setAddress("127.0.0.1:1")
                .setGpuClass(GpuClass.STANDARD)
                .setSlots(new ArrayList<>(Arrays.asList(slots)))
                .build());
        host(HostFact.Kind.ACKNOWLEDGED, -1, 0, "", "");
    }

    private void host(HostFact.Kind kind, int slot, long token, String session, String player) {
        evidence.hosts.add(host(now, kind, slot, token, session, player));
    }

    static HostFact host(long at, HostFact.Kind kind, int slot, long token, String session, String player) {
        return new HostFact(at, at, kind, HOST, CELL, BOOT, slot, token, session, player, "");
    }

    /** As the service does, and at once. */
    private void fold(Object body) {
        now += 500;
        CellRecord record =
                CellRecord.newBuilder().setCellId(CELL).setAt(now).setBody(body).build();
        evidence.inbox.computeIfAbsent(CELL, id -> new ArrayList<>()).add(new Evidence.Logged(record, now));
        CellDecision decision = CellMachine.decide(cell, record);
        for (SlotEvent event : decision.slotEvents()) {
            evidence.slotEvents
                    .computeIfAbsent(Evidence.slot(event.getHostId(), event.getSlot()), slot -> new ArrayList<>())
                    .add(event);
            evidence.seen.put(Evidence.id(event), now);
        }
        for (Assignment told : decision.assignments()) {
            evidence.assignments
                    .computeIfAbsent(told.getPlayerId(), id -> new ArrayList<>())
                    .add(told);
        }
        for (SessionEvent event : decision.sessionEvents()) {
            evidence.sessionEvents.add(event);
            if (event.getKind() == SessionEventKind.ENDED) {
                evidence.plays.add(Play.newBuilder()
                        .setId(event.getSessionId())
                        .setUserId(event.getPlayerId())
                        .setGameId(event.getGameId())
                        .setPlayedSeconds(event.getPlayedSeconds())
                        .setEndedAt(Objects.requireNonNull(event.getEndedAt()))
                        .build());
            }
        }
        Stream.ofNullable(decision.capacity()).forEach(evidence.capacities::add);
    }
}
