package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A random life of a cell with a few hosts and many players: crashes, silence, reboots, drains, withdrawals, records that come
 * twice, late or from a wrong clock, restarts of the task. After each record the safety gates are checked, by what was said
 * and by what the hosts truly run.
 */
final class CellHistory {

    private static final int STEPS = 160;
    private static final int PLAYERS = 24;

    /** Nothing is later than that: the signals of hosts aren't kept for as long. */
    private static final Duration FORGET_AFTER = Duration.ofSeconds(20);

    private final Random random;
    private final UnaryOperator<SlotEvent> bug;
    private final List<String> problems = new ArrayList<>();
    private final List<CellRecord> log = new ArrayList<>();
    private final List<CellRecord> late = new ArrayList<>();
    private final List<ModelHost> hosts = new ArrayList<>();
    private final Map<String, Assignment> told = new HashMap<>();
    private final Map<String, Long> saidAgain = new HashMap<>();
    private final Set<String> started = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final SlotAudit audit = new SlotAudit();
    private final DecisionHash hash = new DecisionHash();
    private final CellPolicy policy;
    private Cell cell = Cell.empty(Cells.CELL, Cells.REGION);
    private final RowStore rows = new RowStore(cell);
    private long now = 1_000_000;
    private int requests;

    private CellHistory(long seed, UnaryOperator<SlotEvent> bug) {
        this.random = new Random(seed);
        this.bug = bug;
        this.policy = Cells.policy(
                random.nextBoolean() ? Packing.PACK : Packing.SPREAD, random.nextInt(3) * 0.15, FORGET_AFTER);
    }

    /** What goes wrong in the history of a seed; empty where nothing does. */
    static List<String> problems(long seed, UnaryOperator<SlotEvent> bug) {
        CellHistory history = new CellHistory(seed, bug);
        try {
            history.run();
        } catch (RuntimeException e) {
            history.problems.add("threw " + e + " at " + e.getStackTrace()[0]);
        }
        return history.problems;
    }

    private void run() {
        fold(Cells.policySet(policy));
        fold(Cells.tick(now));
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            GpuClass gpu = random.nextInt(4) == 0 ? GpuClass.ULTRA : GpuClass.STANDARD;
            ModelHost host = new ModelHost("h-" + i, gpu, 1 + random.nextInt(4));
            hosts.add(host);
            fold(host.report(now));
        }
        for (int i = 0; i < STEPS && problems.isEmpty(); i++) {
            step();
        }
        if (problems.isEmpty()) {
            rest();
        }
        if (problems.isEmpty()) {
            again();
        }
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> request();
            case 4 -> {
                if (!told.isEmpty()) {
                    Assignment some = pick(new ArrayList<>(told.values()));
                    fold(Cells.withdraw(now, some.getTicketId(), some.getSessionId()));
                }
            }
            case 5 -> {
                if (!told.isEmpty()) {
                    fold(Cells.resume(now, pick(new ArrayList<>(told.values())).getSessionId()));
                }
            }
            case 6, 7, 8, 9, 10 -> {
                ModelHost host = pick(hosts);
                if (host.up) {
                    host.act(random, now);
                    if (host.reachable) {
                        deliver(host.report(now));
                    }
                }
            }
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    retire(pick(hosts));
                } else {
                    trouble(pick(hosts));
                }
            }
            case 12 -> fold(Cells.drain(now, pick(hosts).id, random.nextBoolean(), random.nextInt(3) * 4_000L));
            case 13 -> {
                if (!log.isEmpty()) {
                    // Within a minute, as long as tickets are remembered.
                    CellRecord again = log.get(Math.max(0, log.size() - 1 - random.nextInt(15)));
                    if (!isTooLate(again)) {
                        fold(again);
                    }
                }
            }
            case 14 -> {
                late.removeIf(this::isTooLate);
                if (!late.isEmpty()) {
                    fold(late.remove(random.nextInt(late.size())));
                }
            }
            case 15 -> cell = rows.load();
            default -> time(200 + random.nextInt(2_500));
        }
    }

    private void time(long ms) {
        now += ms;
        hosts.forEach(host -> host.time(now));
        hosts.stream().filter(host -> !host.up || !host.reachable).forEach(host -> {
            if (now - host.acknowledged > 6_000) {
                boolean sure = random.nextBoolean();
                fold(Cells.state(now, host.id, host.boot, sure ? HostHealth.DEAD : HostHealth.SUSPECT));
            }
        });
        hosts.stream().filter(host -> host.up && host.reachable).forEach(this::sayAgain);
        // A wrong clock, now and then.
        long skew = random.nextInt(12) == 0 ? random.nextInt(60_000) - 30_000 : 0;
        fold(Cells.tick(now + skew));
    }

    /** The detector says with its reports, every ten seconds, that a host is alive that once seemed not to be. */
    private void sayAgain(ModelHost host) {
        CellHost known = cell.hosts().find(host.id);
        boolean doubted = known != null
                && known.row().getBootId().equals(host.boot)
                && (known.row().getHealth() == HostHealth.DEAD || known.row().getHealth() == HostHealth.SUSPECT);
        if (doubted && now - saidAgain.getOrDefault(host.id, 0L) >= 10_000) {
            saidAgain.put(host.id, now);
            fold(Cells.state(now, host.id, host.boot, HostHealth.ALIVE));
        }
    }

    private boolean isTooLate(CellRecord record) {
        return !(record.getBody() instanceof Place) && now - record.getAt() >= FORGET_AFTER.toMillis();
    }

    /** For so long that the cell may forget it; if it is ever back, it has the same boot or another one. */
    private void retire(ModelHost host) {
        if (random.nextBoolean()) {
            host.crash();
        } else {
            host.reachable = false;
        }
        for (int i = 0; i < 30 && problems.isEmpty(); i++) {
            time(2_000);
        }
    }

    private void trouble(ModelHost host) {
        if (!host.up) {
            host.reboot();
            host.reachable = true;
            fold(host.report(now));
        } else if (!host.reachable) {
            host.reachable = true;
            fold(host.report(now));
            fold(Cells.state(now, host.id, host.boot, pick(List.of(HostHealth.ALIVE, HostHealth.UNSTABLE))));
        } else if (random.nextBoolean()) {
            host.crash();
        } else {
            host.reachable = false;
        }
    }

    private void request() {
        String player = "p" + random.nextInt(PLAYERS);
        if (isLive(player)) {
            return;
        }
        Assignment last = told.get(player);
        if (last != null && last.getStatus() == SessionStatus.HANDED_BACK && last.getMoves() > 0) {
            fold(moved(last));
            return;
        }
        List<String> players = new ArrayList<>();
        String prefix = requests++ + "-";
        players.add(prefix + player);
        while (random.nextInt(5) == 0 && players.size() < 5) {
            String other = "p" + random.nextInt(PLAYERS);
            if (!isLive(other) && !isToBeMoved(other) && !players.contains(prefix + other)) {
                players.add(prefix + other);
            }
        }
        Cells.Ticket ticket = new Cells.Ticket(
                players,
                1,
                random.nextInt(5) == 0 ? GpuClass.ULTRA : GpuClass.STANDARD,
                pick(List.of("FREE", "PLUS", "ULTIMATE")),
                random.nextInt(3) > 0,
                random.nextInt(4) > 0,
                random.nextInt(3) * 5_000L,
                now - random.nextInt(1_000));
        deliver(named(ticket.place(now)));
    }

    /** A session that lost its slot and was handed back comes again, with what it has played. */
    private static CellRecord moved(Assignment last) {
        String player = last.getSessionId().substring(2);
        CellRecord record = new Cells.Ticket(
                        List.of(player),
                        last.getAttempt() + 1,
                        last.getGpuClass(),
                        last.getTier(),
                        true,
                        true,
                        5_000,
                        last.getRequestedAt())
                .place(last.getRequestedAt());
        Place place = (Place) record.getBody();
        place.setRecovery(true);
        place.getMembers().forEach(member -> {
            member.setStartedAt(last.getStartedAt());
            member.setPlayedMs(last.getPlayedMs());
            member.setMoves(last.getMoves());
        });
        return named(record);
    }

    private boolean isToBeMoved(String player) {
        Assignment last = told.get(player);
        return last != null && last.getStatus() == SessionStatus.HANDED_BACK && last.getMoves() > 0;
    }

    /** Players keep their names over their requests; only the sessions are new each time. */
    private static CellRecord named(CellRecord place) {
        ((Place) place.getBody()).getMembers().forEach(member -> member.setPlayerId(playerOf(member.getSessionId())));
        return place;
    }

    private static String playerOf(String sessionId) {
        return sessionId.substring(sessionId.lastIndexOf('-') + 1);
    }

    /** As the gate sees it: a party that was placed and not answered counts too. */
    private boolean isLive(String player) {
        Assignment last = told.get(player);
        boolean answered = last == null
                || last.getStatus() == SessionStatus.ENDED
                || last.getStatus() == SessionStatus.HANDED_BACK;
        return !answered || late.stream().anyMatch(record -> record.toString().contains("-" + player + "\""));
    }

    /** Now, or later. */
    private void deliver(CellRecord record) {
        boolean place = record.getBody() instanceof Place;
        if (!place && random.nextInt(10) == 0) {
            late.add(record);
        } else {
            fold(record);
        }
    }

    private void fold(CellRecord record) {
        if (record.getBody() instanceof HostDrain drain && cell.hosts().find(drain.getHostId()) == null) {
            refuse(record);
            return;
        }
        log.add(record);
        CellDecision decision = CellMachine.decide(cell, record);
        hash.add(decision);
        rows.write(cell, decision);
        decision.slotEvents().forEach(this::event);
        decision.assignments().forEach(assignment -> {
            told.put(assignment.getPlayerId(), assignment);
            hosts.stream()
                    .filter(host -> host.id.equals(assignment.getHostId()))
                    .forEach(host -> host.want(assignment, now));
        });
        decision.hostCommands().forEach(command -> hosts.stream()
                .filter(host -> host.id.equals(command.getHostId()))
                .forEach(host -> host.stop(command, now)));
        decision.sessionEvents().forEach(this::sessionEvent);
        check(record, decision);
    }

    /** It becomes a dead letter, and leaves no trace. */
    private void refuse(CellRecord record) {
        String before = CellHash.of(cell);
        try {
            CellMachine.decide(cell, record);
            problems.add("G7: a host that the cell doesn't know was drained");
        } catch (BadSessionRecordException e) {
            if (!CellHash.of(cell).equals(before)) {
                problems.add("G7: a refusal has changed the cell");
            }
        }
    }

    private void event(SlotEvent event) {
        if (event.getCause().equals(SlotSignal.LOST.name()) && event.getSessionId() != null) {
            hosts.stream()
                    .filter(host -> host.id.equals(event.getHostId()) && host.runs(event.getSessionId()))
                    .forEach(host -> problems.add("G1: " + host.id + " is given up and runs " + event.getSessionId()));
        }
        audit.observe(bug.apply(event));
    }

    private void sessionEvent(SessionEvent event) {
        Set<String> once = event.getKind() == SessionEventKind.STARTED ? started : ended;
        if (!once.add(event.getSessionId())) {
            problems.add("G9: session " + event.getSessionId() + " has " + event.getKind() + " twice");
        }
        if (event.getKind() == SessionEventKind.ENDED && !started.contains(event.getSessionId())) {
            problems.add("G9: session " + event.getSessionId() + " has ended and never started");
        }
        if (event.getPlayedSeconds() < 0) {
            problems.add("G9: played " + event.getPlayedSeconds() + " s");
        }
    }

    private void check(CellRecord record, CellDecision decision) {
        audit.violations().forEach(violation -> problems.add("G1: " + violation));
        String violation = Conservation.violation(cell);
        if (violation != null) {
            problems.add("G6: " + violation + " after " + record);
        }
        for (GpuClass gpu : GpuClass.values()) {
            falseRejects(gpu);
        }
        decision.assignments().stream()
                .filter(assignment -> "NOTHING_FREE".equals(assignment.getReason()))
                .forEach(assignment -> rejected(assignment, decision));
        runningTwice().forEach(session -> problems.add("G4: " + session + " runs on two slots after " + record));
        told.values().forEach(assignment -> {
            boolean here = cell.hosts().session(assignment.getSessionId()) != null
                    || cell.tickets().waitingFor(assignment.getSessionId()) != null;
            boolean gone = assignment.getStatus() == SessionStatus.ENDED
                    || assignment.getStatus() == SessionStatus.HANDED_BACK;
            if (here == gone) {
                problems.add("G3: " + assignment.getSessionId() + " was told " + assignment.getStatus() + " and is "
                        + (here ? "here" : "nowhere"));
            }
        });
    }

    /** By the hosts' own word, which the cell may not have heard yet. */
    private List<String> runningTwice() {
        Set<String> running = new HashSet<>();
        return hosts.stream()
                .flatMap(ModelHost::running)
                .filter(session -> !running.add(session))
                .toList();
    }

    /** Nobody waits for what is free, but for a party that the line waits for, and those behind it. */
    private void falseRejects(GpuClass gpu) {
        List<TicketRow> line = new ArrayList<>();
        cell.tickets().home(gpu).forEach(line::add);
        cell.tickets().away(gpu).forEach(line::add);
        line.sort(TicketIndex.ORDER);
        for (TicketRow ticket : line) {
            int allowed = QueueRules.allowed(cell, gpu, TicketIndex.isHome(ticket));
            if (ticket.getSessions().size() <= allowed) {
                problems.add("G5: ticket " + ticket.getTicketId() + " waits, and " + allowed + " slots are free");
            }
            if (ticket.getSessions().size() > 1
                    && cell.clock() - ticket.getQueuedAt()
                            > policy.partyPatience().toMillis()) {
                return;
            }
        }
    }

    private void rejected(Assignment assignment, CellDecision decision) {
        long size = decision.assignments().stream()
                .filter(other -> other.getTicketId().equals(assignment.getTicketId()))
                .count();
        boolean partyFirst = decisionHasParty(assignment.getGpuClass());
        if (!partyFirst && size <= QueueRules.allowed(cell, assignment.getGpuClass(), false)) {
            problems.add("G5: ticket " + assignment.getTicketId() + " was handed back, and there was room");
        }
    }

    private boolean decisionHasParty(GpuClass gpu) {
        for (TicketRow ticket : cell.tickets().home(gpu)) {
            if (ticket.getSessions().size() > 1) {
                return true;
            }
        }
        for (TicketRow ticket : cell.tickets().away(gpu)) {
            if (ticket.getSessions().size() > 1) {
                return true;
            }
        }
        return false;
    }

    /** Everybody goes home; whatever is still held then is leaked. */
    private void rest() {
        late.clear();
        hosts.forEach(host -> {
            if (!host.up) {
                host.reboot();
            }
            host.reachable = true;
            host.finish();
            fold(host.report(now));
            fold(Cells.state(now, host.id, host.boot, HostHealth.ALIVE));
            fold(Cells.drain(now, host.id, false, 0));
        });
        List.copyOf(told.values()).stream()
                .filter(assignment -> isToBeMoved(assignment.getPlayerId()))
                .forEach(assignment -> fold(moved(assignment)));
        List.copyOf(told.values())
                .forEach(assignment -> fold(Cells.withdraw(now, assignment.getTicketId(), assignment.getSessionId())));
        for (int i = 0; i < 200; i++) {
            now += 2_000;
            fold(Cells.tick(now));
            hosts.forEach(host -> {
                host.hear(now);
                fold(host.report(now));
            });
        }
        audit.busy().forEach(busy -> problems.add("G2: " + busy));
        if (cell.hosts().sessions() > 0 || cell.tickets().all().stream().anyMatch(TicketRow::getWaits)) {
            problems.add("G2: sessions or tickets are left");
        }
        if (!started.equals(ended)) {
            problems.add("G9: " + started.size() + " sessions have started and " + ended.size() + " have ended");
        }
    }

    /** The same records, in one go, on a new cell: the same decisions to the bit. */
    private void again() {
        Cell other = Cell.empty(Cells.CELL, Cells.REGION);
        DecisionHash otherHash = new DecisionHash();
        log.forEach(record -> otherHash.add(CellMachine.decide(other, record)));
        if (!otherHash.value().equals(hash.value())) {
            problems.add("G7: a replay decides otherwise");
        }
        Cell loaded = rows.load();
        if (!loaded.row().equals(cell.row()) || !loaded.hostRows().equals(cell.hostRows())) {
            problems.add("G7: the rows are not the cell");
        }
        boolean allFree = cell.hosts().all().stream()
                .flatMap(host -> host.row().getSlots().stream())
                .allMatch(slot -> slot.getState() == SlotState.FREE || slot.getState() == SlotState.UNKNOWN);
        if (!allFree) {
            problems.add("G2: a slot is not free");
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
