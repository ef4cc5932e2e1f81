package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.check.Committed;
import io.gamestream.chaos.cdc.check.Observed;
import io.gamestream.chaos.cdc.check.PositionCheck;
import io.gamestream.chaos.cdc.check.PositionRecord;
import io.gamestream.chaos.cdc.check.TokenCheck;
import io.gamestream.chaos.cdc.check.TopicCheck;
import io.gamestream.chaos.cdc.check.Verdict;
import io.gamestream.chaos.cdc.plan.Done;
import io.gamestream.chaos.cdc.plan.Plan;
import io.gamestream.chaos.cdc.plan.Plan.Planned;
import io.gamestream.chaos.cdc.plan.Vacuity;
import io.gamestream.chaos.cdc.workload.Workload;
import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.WhenItDies;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.catalog.Game;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One run: start, acts, end, check. */
public final class CdcRun {

    /** Changes stream that long after the last act, so that it has something to get wrong. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(2);

    private static final String SLOT = "backbone";

    private final Options options;
    private final RunListener listener;
    private final List<Done> done = new ArrayList<>();

    /**
     * What is run.
     *
     * @param home the project's directory, where the capture is built
     * @param dataDir empty or missing; everything is kept below it
     */
    public record Options(long seed, Plan plan, Workload.Load load, Path home, Path dataDir) {}

    public CdcRun(Options options, RunListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * Carries the plan out and checks what came of it.
     *
     * @throws ChaosException where the run itself could not go on
     */
    public Outcome run() throws InterruptedException {
        long from = System.nanoTime();
        try (ChaosStack stack = ChaosStack.start(options.dataDir())) {
            listener.stackReady(since(from));
            GameTopic topic = new GameTopic(stack.kafka(), stack.registry());
            try (Workload workload = new Workload(stack.postgres(), options.seed(), options.load());
                    TopicWatch watch = new TopicWatch(
                            topic,
                            new AvroSerdes(stack.registry()).<Game>valueSerde().deserializer());
                    ServiceStage services = new ServiceStage(
                            options.home(), options.dataDir().resolve("cdc"), stack.settings(), WhenItDies.LEAVE_IT);
                    Instances instances = new Instances(services)) {
                Stage stage = new Stage(stack, new Database(stack.postgres(), SLOT), workload, watch, instances);
                return play(stage, topic, from);
            }
        } catch (SQLException e) {
            throw new ChaosException("the database refused: " + e.getMessage(), e);
        }
    }

    private Outcome play(Stage stage, GameTopic topic, long from) throws InterruptedException, SQLException {
        Workload workload = stage.workload();
        Acts acts = new Acts(stage, workload.changes());
        workload.start();
        long committed = 0;
        long delivered = stage.watch().visible();
        for (Planned planned : options.plan().acts()) {
            Acts.Result result = acts.perform(planned);
            workload.requireAlive();
            long committedNow = workload.changes();
            long deliveredNow = stage.watch().visible();
            Done one = new Done(
                    done.size() + 1,
                    planned,
                    result.hit(),
                    committedNow - committed,
                    deliveredNow - delivered,
                    result.readyAfter(),
                    result.remark());
            committed = committedNow;
            delivered = deliveredNow;
            done.add(one);
            listener.acted(one, options.plan().acts().size());
        }
        stage.instances().ready();
        Thread.sleep(AFTERWARDS.toMillis());
        workload.stop();
        long floor = acts.drain().walFloor();
        int status = stage.instances().leave();
        listener.checking();
        return check(stage, topic, floor, status, from);
    }

    private Outcome check(Stage stage, GameTopic topic, long floor, int status, long from) {
        Workload workload = stage.workload();
        Map<String, List<Committed>> committed = workload.committed();
        requireSameTable(committed, stage.database().table());
        Map<String, List<Observed>> rows = topic.rows();
        List<PositionRecord> positions = topic.positions();
        TokenCheck.Result tokens = TokenCheck.check(positions, committed, rows);
        Verdict verdict = TopicCheck.check(committed, rows)
                .with(PositionCheck.check(positions, rows.values(), floor))
                .with(tokens.findings());
        long aborted = topic.count("read_uncommitted") - verdict.records();
        List<String> complaints = new ArrayList<>(
                Vacuity.complaints(options.plan(), done, workload.kinds(), workload.rollbacks(), aborted));
        if (status != 0) {
            complaints.add("the last instance left with status " + status + " (expected: 0)");
        }
        return new Outcome(
                options.seed(),
                verdict,
                Evidence.of(verdict.samples(), committed, rows),
                done,
                complaints,
                stage.instances().exits(),
                aborted,
                tokens.earlyByFloor(),
                workload.rollbacks(),
                since(from));
    }

    /** Our own books first: the topic is judged by them. */
    private static void requireSameTable(Map<String, List<Committed>> committed, Map<String, Long> table) {
        Map<String, Long> expected = new HashMap<>();
        committed.forEach((key, writes) -> {
            Committed last = writes.get(writes.size() - 1);
            if (!last.isDeletion()) {
                expected.put(key, last.hash());
            }
        });
        if (!expected.equals(table)) {
            List<String> differing = expected.keySet().stream()
                    .filter(key -> !Objects.equals(expected.get(key), table.get(key)))
                    .sorted()
                    .limit(5)
                    .map(key -> key + " " + committed.get(key))
                    .toList();
            throw new ChaosException("the run has lost count of its own writes: the table has " + table.size()
                    + " rows, " + expected.size() + " were expected; differing, for example: " + differing
                    + "; this is a bug of the run");
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
