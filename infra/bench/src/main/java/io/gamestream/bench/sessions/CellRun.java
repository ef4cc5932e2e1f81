package io.gamestream.bench.sessions;

import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.topology.session.Cell;
import io.gamestream.topology.session.CellDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The rules of a cell alone, on one thread. */
final class CellRun {

    private static final double DECISIONS_PER_SECOND = 50_000;
    private static final int HOSTS = 2_000;
    private static final int SLOTS = 4;

    private final BenchReport report;

    CellRun(BenchReport report) {
        this.report = report;
    }

    /** Sessions that come and go: decisions per second of CPU. */
    void rules(int sessions) {
        turnover(sessions / 4, decision -> {});
        report.add(Figure.atLeast(
                "decisions of the rules per second of CPU",
                turnover(sessions, decision -> {}),
                DECISIONS_PER_SECOND,
                "/s"));
        report.add(Figure.plain("the same, with the changed rows encoded", turnover(sessions, CellRun::encode), "/s"));
    }

    /** Decisions per second of CPU. */
    private static double turnover(int sessions, Consumer<CellDecision> each) {
        CellLoad load = new CellLoad(HOSTS, SLOTS, each);
        Deque<Assignment> live = new ArrayDeque<>();
        int most = load.slots() * 3 / 4;
        long before = load.decisions();
        long cpu = cpuNanos();
        for (int i = 0; i < sessions; i++) {
            Assignment granted = load.place();
            load.say(granted, SlotPhase.STARTING);
            load.say(granted, SlotPhase.RUNNING);
            live.add(granted);
            if (live.size() > most) {
                Assignment oldest = live.remove();
                load.say(oldest, SlotPhase.CLEANING);
                load.say(oldest, SlotPhase.IDLE);
            }
            if (i % 500 == 0) {
                load.tick();
            }
        }
        return (load.decisions() - before) * 1e9 / (cpuNanos() - cpu);
    }

    /** So many sessions at once: what they need, and how soon a cell decides that has to read them. */
    void hold(int held) {
        long empty = usedHeap();
        CellLoad load = new CellLoad((held + SLOTS - 1) / SLOTS, SLOTS, decision -> {});
        for (int i = 0; i < held; i++) {
            load.say(load.place(), SlotPhase.RUNNING);
            if (i % 10_000 == 0) {
                load.tick();
            }
        }
        for (int i = 0; i < 40; i++) {
            load.tick();
        }
        long start = System.nanoTime();
        load.tick();
        report.add(Figure.plain(
                held + " sessions: a tick, with the books checked", (System.nanoTime() - start) / 1e6, "ms"));
        report.add(Figure.plain(held + " sessions: heap", (usedHeap() - empty) / 1e6, "MB"));
        List<ByteBuffer> rows = new ArrayList<>();
        load.cell().hostRows().forEach(row -> rows.add(bytes(row)));
        List<TicketRow> tickets = load.cell().ticketRows();
        long size = rows.stream().mapToLong(ByteBuffer::remaining).sum();
        report.add(Figure.plain(held + " sessions: rows", size / 1e6, "MB"));
        CellRow row = load.cell().row();
        String policy = load.cell().policyText();
        long begun = System.nanoTime();
        List<HostRow> hosts = new ArrayList<>(rows.size());
        rows.forEach(bytes -> hosts.add(host(bytes)));
        Cell loaded = Cell.load(CellLoad.REGION, row, policy, hosts, tickets);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (loaded.hostRows().size() != rows.size()) {
            throw new IllegalStateException("hosts are lost on the way");
        }
        report.add(Figure.plain(held + " sessions: from rows in memory to a cell that decides", seconds, "s"));
    }

    private static void encode(CellDecision decision) {
        decision.hosts().values().forEach(row -> row.ifPresent(CellRun::bytes));
        decision.tickets().values().forEach(row -> row.ifPresent(CellRun::bytes));
    }

    private static ByteBuffer bytes(HostRow row) {
        try {
            return row.toByteBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer bytes(TicketRow row) {
        try {
            return row.toByteBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostRow host(ByteBuffer bytes) {
        try {
            return HostRow.fromByteBuffer(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
