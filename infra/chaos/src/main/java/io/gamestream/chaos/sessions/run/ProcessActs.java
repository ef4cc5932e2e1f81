package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Fleet;
import io.gamestream.chaos.kit.Signals;
import io.gamestream.chaos.sessions.check.Outage;
import io.gamestream.chaos.sessions.plan.Act;
import io.gamestream.chaos.sessions.plan.Plan.Planned;
import io.gamestream.chaos.sessions.plan.Target;
import io.gamestream.chaos.sessions.run.Gaps.Disturbance;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.sessions.HostFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Kills, freezes and restarts the processes of a run. One act at a time; each returns when everything works again. */
final class ProcessActs {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration ASLEEP = Duration.ofSeconds(11);
    private static final Duration NO_TICKS = Duration.ofSeconds(6);
    private static final Duration NO_REDIS = Duration.ofSeconds(8);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final Stage stage;
    private final Poison poison;
    private final Duration recovery;
    private final Duration longestOutage;
    private final List<Disturbance> disturbances = new ArrayList<>();
    private final List<Outage> stuck = new ArrayList<>();

    /**
     * Of one run.
     *
     * @param recovery within which grants go on after a kill of one of two
     * @param longestOutage the same after all others
     */
    ProcessActs(Stage stage, Poison poison, Duration recovery, Duration longestOutage) {
        this.stage = stage;
        this.poison = poison;
        this.recovery = recovery;
        this.longestOutage = longestOutage;
    }

    /** Who did not become ready again. */
    List<Outage> stuck() {
        return stuck;
    }

    List<Disturbance> disturbances() {
        return disturbances;
    }

    void perform(Planned planned) throws InterruptedException {
        Fleet<Target> fleet = stage.fleet();
        for (Target target : Target.values()) {
            fleet.revived(target);
        }
        long from = HostFleet.now();
        boolean disturbs = true;
        switch (planned.act()) {
            case KILL_SESSIONS -> kill(List.of(Target.allocators().get(planned.pick(2))));
            case KILL_ALL_SESSIONS -> kill(Target.allocators());
            case KILL_ROUTER -> kill(List.of(planned.pick(2) == 0 ? Target.ROUTER : Target.ROUTER_2));
            case KILL_BROKER -> {
                stage.broker().kill();
                stage.broker().startAgain();
                stage.broker().awaitReady(READY_WITHIN);
            }
            case ZOMBIE -> freeze(List.of(Target.allocators().get(planned.pick(2))), ASLEEP);
            case PAUSE -> freeze(Target.allocators(), PAUSE);
            case ROLLING_RESTART -> roll();
            case EMPTY_DISK -> emptyDisks();
            case STOP_TICKER -> {
                stopTicker();
                disturbs = false;
            }
            case REDIS_AWAY -> {
                stage.redis().close();
                Thread.sleep(NO_REDIS.toMillis());
                stage.redis().startAgain();
            }
            case POISON -> poison.pour(planned.number());
            case CRASH_HOSTS, CUT_HOSTS, FLAP_HOSTS, DRAIN, LOSE_REGION, SPIKE, CANCEL_STORM, PARTY ->
                throw new IllegalArgumentException("act: " + planned.act() + " (expected: one of processes)");
        }
        awaitReady(planned.number() + ": " + planned);
        if (disturbs) {
            boolean oneOfTwo = planned.act() == Act.KILL_SESSIONS;
            disturbances.add(
                    new Disturbance(planned.number() + ": " + planned, from, oneOfTwo ? recovery : longestOutage));
        }
    }

    /** Whoever doesn't become ready is a finding; the run goes on without. */
    void awaitReady(String after) throws InterruptedException {
        for (Target target : Target.values()) {
            long from = HostFleet.now();
            try {
                stage.fleet().awaitReady(target);
            } catch (ChaosException e) {
                String who = target.instance() + " is not ready after " + after;
                stuck.add(new Outage(who, Duration.ofMillis(HostFleet.now() - from), longestOutage));
            }
        }
    }

    private void kill(List<Target> targets) {
        targets.parallelStream().forEach(target -> stage.fleet().of(target).kill());
        targets.forEach(stage.fleet()::start);
    }

    private void freeze(List<Target> targets, Duration lasts) throws InterruptedException {
        Signals.freeze(
                targets.stream().map(target -> stage.fleet().of(target).pid()).toList(), lasts);
    }

    private void roll() throws InterruptedException {
        for (Target target : Target.values()) {
            stage.fleet().of(target).close();
            stage.fleet().start(target);
            stage.fleet().awaitReady(target);
        }
    }

    private void emptyDisks() {
        Target.allocators().parallelStream().map(stage.fleet()::of).forEach(ServiceInstance::close);
        Target.allocators().forEach(target -> delete(stage.state(target)));
        Target.allocators().forEach(stage.fleet()::start);
    }

    private void stopTicker() throws InterruptedException {
        try {
            Files.createFile(stage.stopTicker());
            try {
                Thread.sleep(NO_TICKS.toMillis());
            } finally {
                Files.delete(stage.stopTicker());
            }
        } catch (IOException e) {
            throw new ChaosException("the ticker can't be stopped or started: " + e.getMessage(), e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ChaosException("the state in " + directory + " can't be deleted: " + e, e);
        }
    }
}
