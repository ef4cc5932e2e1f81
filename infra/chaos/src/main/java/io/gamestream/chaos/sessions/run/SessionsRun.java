package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.sessions.check.Evidence;
import io.gamestream.chaos.sessions.check.Verdict;
import io.gamestream.chaos.sessions.plan.Plan;
import io.gamestream.chaos.sessions.plant.Bug;
import io.gamestream.local.sessions.HostFleet;
import io.gamestream.local.sessions.PlayerFact;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.session.CellSettings;
import io.gamestream.topology.session.SessionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run: start, players and acts at the same time, healing, quiet, checks. */
public final class SessionsRun {

    /** Cells tick and hosts are known before players come. */
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private final Options options;
    private final RunListener listener;

    /**
     * What is run.
     *
     * @param within how long players come
     * @param quietWithin how long the end may take to come to rest; more is a finding
     * @param recovery within which grants go on after a kill of one of two instances of sessions
     * @param longestOutage the same after everything else
     * @param home the project's directory, where the services are built
     * @param dataDir empty or missing; everything is kept below it
     */
    public record Options(
            long seed,
            Plan plan,
            Duration within,
            Duration quietWithin,
            Duration recovery,
            Duration longestOutage,
            @Nullable Bug bug,
            Path home,
            Path dataDir) {}

    public SessionsRun(Options options, RunListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * Carries it out and checks what came of it.
     *
     * @throws ChaosException where the run itself could not go on
     */
    public Outcome run() throws InterruptedException {
        long from = System.nanoTime();
        try (Stage stage = new Stage(options.home(), options.dataDir(), options.bug());
                TruthLog truth = new TruthLog(options.dataDir().resolve("truth.jsonl"))) {
            Games.publish(stage);
            stage.start();
            listener.phase("stack and services are ready after " + seconds(from) + " s");
            Crowd crowd = Crowd.start(options.seed(), new RoundRobin(stage::routers), truth);
            try (Watch watch = new Watch(stage.reader(), stage.serdes())) {
                watch.start();
                return play(stage, crowd, truth, watch, from);
            } finally {
                crowd.world().close();
            }
        } catch (IOException e) {
            throw new ChaosException("the log of hosts and players could not be closed: " + e.getMessage(), e);
        }
    }

    private Outcome play(Stage stage, Crowd crowd, TruthLog truth, Watch watch, long from) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
        crowd.world().move();
        long began = HostFleet.now();
        Poison poison = new Poison(stage);
        ProcessActs processes = new ProcessActs(stage, poison, options.recovery(), options.longestOutage());
        WorldActs world = new WorldActs(crowd);
        new Actor(processes, world, listener).perform(options.plan(), began);
        TimeUnit.MILLISECONDS.sleep(Math.max(0, began + options.within().toMillis() - HostFleet.now()));
        long until = HostFleet.now();
        crowd.world().goHome();
        processes.awaitReady("everything");
        List<String> busy = new Quiet(crowd.world(), watch).await(options.quietWithin());
        listener.phase("reading everything back");
        Evidence evidence = new Collector(stage, cells()).collect();
        evidence.hosts.addAll(truth.hosts());
        evidence.players.addAll(truth.players());
        evidence.seen.putAll(watch.seen());
        evidence.stillBusy.addAll(busy);
        evidence.poison.addAll(poison.keys());
        evidence.outages.addAll(processes.stuck());
        evidence.lease = Haste.LEASE;
        evidence.lastRead.putAll(new LastReads().read(stage.routers(), answered(evidence)));
        Map<String, List<Long>> grants = watch.grants();
        grants.remove(Crowd.PARTY_CELL);
        processes.disturbances().forEach(one -> evidence.outages.add(Gaps.outage(one, grants, world.excuses(), until)));
        return outcome(evidence, stage, from);
    }

    private Outcome outcome(Evidence evidence, Stage stage, long from) {
        Map<String, Long> numbers = Numbers.of(evidence, options.plan());
        return new Outcome(
                options.seed(),
                options.bug(),
                Verdict.of(evidence),
                numbers,
                evidence.outages,
                Numbers.complaints(numbers, options.plan()),
                stage.fleet().exits(),
                Duration.ofNanos(System.nanoTime() - from));
    }

    /** Sessions that players were told of. */
    private static Set<String> answered(Evidence evidence) {
        return evidence.players.stream()
                .filter(fact -> fact.kind() == PlayerFact.Kind.ANSWERED && fact.status() / 100 == 2)
                .map(PlayerFact::sessionId)
                .filter(session -> !session.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<CellSettings> cells() {
        return Settings.load(null, Map.of(), Map.of())
                .bind("sessions", SessionConfig.class)
                .cells();
    }

    private static long seconds(long from) {
        return Duration.ofNanos(System.nanoTime() - from).toSeconds();
    }
}
