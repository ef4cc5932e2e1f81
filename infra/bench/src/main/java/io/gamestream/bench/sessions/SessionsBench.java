package io.gamestream.bench.sessions;

import io.gamestream.bench.BenchStage;
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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench sessions}: the router under load, the rules of a cell alone, and a million sessions held. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description =
                "Players ask the router at random moments, whatever the answers do, while hosts beat, run and free their slots: from the"
                        + " moment at which a request was due to the answer with the committed grant. Then folds sessions into a"
                        + " cell on one thread, holds a million at once, and reads them back from their rows.")
public final class SessionsBench implements Callable<Integer> {

    private static final double GRANT_P50_MS = 100;
    private static final double GRANT_P99_MS = 400;
    private static final double SUSTAINED = 600;
    private static final double DECISIONS_PER_SECOND = 50_000;
    private static final double RESTORE_S = 60;
    private static final int HOSTS = 2_000;
    private static final int SLOTS = 4;

    /**
     * A JVM that is still compiling on two cores answers after seconds, and what piles up then would be measured next. So the
     * rate is raised in steps, and each step begins when nobody plays.
     */
    private static final List<Double> WARM_UP = List.of(0.05, 0.2, 0.4, 0.6, 0.8, 1.0);

    /** The compiler needs requests more than time: a step is repeated until its requests are granted, so often at most. */
    private static final int WARM_UP_TRIES = 4;

    /** Sessions of a rate end before the next one begins. */
    private static final int MORE = 100;

    /** What is measured. */
    enum Part {
        ROUTER,
        RULES
    }

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "Measures a part: ${COMPLETION-CANDIDATES}; all of them by default.")
    @Nullable
    Part only;

    @Option(
            names = "--rate",
            defaultValue = "500",
            paramLabel = "N",
            description = "Requests a second (${DEFAULT-VALUE}).")
    int rate;

    @Option(
            names = "--seconds",
            defaultValue = "40",
            paramLabel = "N",
            description = "How long each rate lasts (${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description =
                    "How long hosts beat alone, and then each of the six rates lasts, by which the JVMs are warmed up (${DEFAULT-VALUE}).")
    int warmUpSeconds;

    @Option(names = "--hosts", defaultValue = "2000", paramLabel = "N", description = "Hosts (${DEFAULT-VALUE}).")
    int hosts;

    @Option(
            names = "--highest",
            defaultValue = "900",
            paramLabel = "N",
            description = "Rates are raised up to this one, as long as their p99 is met (${DEFAULT-VALUE}).")
    int highest;

    @Option(
            names = "--sessions",
            defaultValue = "400000",
            paramLabel = "N",
            description = "Sessions to fold (${DEFAULT-VALUE}).")
    int sessions;

    @Option(
            names = "--held",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Sessions to hold at once (${DEFAULT-VALUE}).")
    int held;

    @Override
    public Integer call() throws Exception {
        BenchReport report = new BenchReport("sessions");
        if (only != Part.RULES) {
            router(report);
        }
        if (only != Part.ROUTER) {
            rules(report);
            hold(report);
            report.note(
                    "rules: one thread; 2,000 hosts x 4 slots at 75 % of their slots; five records of the inbox per session");
        }
        report.note(
                "published: Agones 300 to 400 allocations/s per cluster with batches of 500 ms, on a cluster of several machines;"
                        + " Open Match 7,000 tickets/s accepted, without allocating");
        return BenchStage.finish(report);
    }

    private void router(BenchReport report) throws Exception {
        try (RouterRun run = RouterRun.start(hosts, SLOTS)) {
            warmUp(run);
            Map<String, Duration> before = run.stage().processorTime();
            RouterRun.Outcome usual = run.ask(rate, Duration.ofSeconds(seconds));
            Map<String, Duration> after = run.stage().processorTime();
            String conditions = rate + "/s, " + hosts + " hosts x " + SLOTS + " slots: ";
            report.add(Figure.atMost(conditions + "request to committed grant, p50", usual.p50(), GRANT_P50_MS, "ms"));
            report.add(Figure.atMost(conditions + "request to committed grant, p99", usual.p99(), GRANT_P99_MS, "ms"));
            report.add(Figure.atMost(conditions + "requests without a grant", usual.withoutGrant(), 0, ""));
            RouterRun.Outcome best = usual;
            for (int more = rate + MORE; more <= highest; more += MORE) {
                run.quiet();
                RouterRun.Outcome next = run.ask(more, Duration.ofSeconds(seconds));
                if (next.p99() > GRANT_P99_MS || next.withoutGrant() > 0) {
                    break;
                }
                best = next;
            }
            run.quiet();
            double sustained = best.p99() <= GRANT_P99_MS && best.withoutGrant() == 0 ? best.grantsPerSecond() : 0;
            report.add(Figure.atLeast("grants/s with a p99 of at most 400 ms", sustained, SUSTAINED, "/s"));
            report.add(
                    Figure.atMost("sessions that hosts had to stop", run.games().unwanted(), 0, ""));
            report.note(
                    "router: open loop, Poisson; a host beats every 3 s, sessions last 4 s on their hosts; processor time at "
                            + rate + "/s: " + spent(before, after));
        }
    }

    private void warmUp(RouterRun run) throws Exception {
        // 667 beats a second are enough for JVMs that have just started: a host that gets through with its beats only
        // after
        // the reservation of a slot is over has that slot in quarantine for a minute.
        TimeUnit.SECONDS.sleep(warmUpSeconds);
        for (double part : WARM_UP) {
            RouterRun.Outcome outcome;
            int tries = 0;
            do {
                outcome = run.ask(Math.max(1, (int) (rate * part)), Duration.ofSeconds(warmUpSeconds));
                run.quiet();
            } while (outcome.withoutGrant() > 0 && ++tries < WARM_UP_TRIES);
        }
    }

    private String spent(Map<String, Duration> before, Map<String, Duration> after) {
        return after.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s %.0f %%",
                        entry.getKey(),
                        entry.getValue()
                                        .minus(before.getOrDefault(entry.getKey(), Duration.ZERO))
                                        .toMillis()
                                / 10.0
                                / seconds))
                .collect(Collectors.joining(", "));
    }

    private void rules(BenchReport report) {
        turnover(sessions / 4, decision -> {});
        report.add(Figure.atLeast(
                "decisions of the rules per second of CPU",
                turnover(sessions, decision -> {}),
                DECISIONS_PER_SECOND,
                "/s"));
        report.add(Figure.plain(
                "the same, with the changed rows encoded", turnover(sessions, SessionsBench::encode), "/s"));
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

    private void hold(BenchReport report) {
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
        Cell loaded = Cell.load("bench", row, policy, hosts, tickets);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (loaded.hostRows().size() != rows.size()) {
            throw new IllegalStateException("hosts are lost on the way");
        }
        report.add(Figure.atMost(held + " sessions: from rows to a cell that decides", seconds, RESTORE_S, "s"));
    }

    private static void encode(CellDecision decision) {
        decision.hosts().values().forEach(SessionsBench::bytes);
        decision.tickets().values().forEach(row -> row.ifPresent(SessionsBench::bytes));
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
