package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.plan.Plan.Planned;
import io.gamestream.chaos.cdc.workload.Sentinel;
import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Signals;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.local.service.ServiceInstance;
import java.sql.SQLException;
import java.time.Duration;

/** Carries acts out, one after the other. */
final class Acts {

    private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(5);
    private static final Duration FIRST_DELIVERED_WITHIN = Duration.ofMinutes(1);
    private static final Duration SNAPSHOT_WITHIN = Duration.ofMinutes(2);
    private static final Duration BROKER_GONE = Duration.ofSeconds(8);
    private static final Duration LOOK_OFTEN = Duration.ofMillis(2);

    private final Stage stage;
    private final Zombie zombie;
    private final long preloaded;

    /** @param preloaded rows that the snapshot has at least to read */
    Acts(Stage stage, long preloaded) {
        this.stage = stage;
        this.zombie = new Zombie(stage);
        this.preloaded = preloaded;
    }

    /**
     * What an act came to.
     *
     * @param hit whether it met the capture in the state that it was meant for
     */
    record Result(boolean hit, Duration readyAfter, String remark) {}

    Result perform(Planned planned) throws InterruptedException, SQLException {
        return switch (planned.act()) {
            case KILL_IN_SNAPSHOT -> killInSnapshot(planned.share());
            case KILL_AT_START -> killAtStart(planned.delay());
            case KILL_STREAMING -> killStreaming(planned.delay());
            case KILL_IDLE -> killIdle(planned.delay());
            case ZOMBIE -> zombie.perform(planned.delay());
            case POSTGRES_CRASH -> trouble(planned.delay(), this::crashPostgres);
            case BROKER_AWAY -> trouble(planned.delay(), this::brokerAway);
        };
    }

    /**
     * Returns when everything that is committed by now can be read from the topic.
     *
     * @throws ChaosException where it does not come
     */
    Sentinel.Mark drain() throws InterruptedException, SQLException {
        Sentinel.Mark mark = stage.workload().commitSentinel();
        if (!stage.watch().awaitSentinel(mark.seq(), DELIVERED_WITHIN, stage.instances()::running)) {
            throw new ChaosException("what was committed " + DELIVERED_WITHIN.toMinutes()
                    + " min ago is not in the topic; the capture says:\n"
                    + stage.instances().running().lastWords());
        }
        return mark;
    }

    private Result killInSnapshot(double share) throws InterruptedException {
        long before = stage.watch().written();
        ServiceInstance process = stage.instances().running();
        long target = before + Math.max(1, (long) (preloaded * share));
        Waiting.until(SNAPSHOT_WITHIN, LOOK_OFTEN, () -> stage.watch().written() >= target || !process.isAlive());
        boolean alive = stage.instances().kill();
        long written = stage.watch().written() - before;
        return new Result(
                alive && written > 0 && written < preloaded,
                Duration.ZERO,
                written + " of " + preloaded + " rows written");
    }

    private Result killAtStart(Duration delay) throws InterruptedException {
        ServiceInstance process = stage.instances().running();
        Thread.sleep(delay.toMillis());
        boolean ready = process.isReady();
        return new Result(stage.instances().kill(), Duration.ZERO, ready ? "was ready" : "was not ready yet");
    }

    /** The moment begins with the first change that this instance delivers: before that it is still a start. */
    private Result killStreaming(Duration delay) throws InterruptedException {
        Duration ready = stage.instances().ready();
        long before = stage.watch().visible();
        boolean streams = Waiting.until(
                FIRST_DELIVERED_WITHIN, LOOK_OFTEN, () -> stage.watch().visible() > before);
        Thread.sleep(delay.toMillis());
        return new Result(stage.instances().kill() && streams, ready, streams ? "" : "delivered nothing");
    }

    private Result killIdle(Duration delay) throws InterruptedException, SQLException {
        Duration ready = stage.instances().ready();
        stage.workload().pause();
        try {
            drain();
            Thread.sleep(delay.toMillis());
            return new Result(stage.instances().kill(), ready, "");
        } finally {
            stage.workload().resume();
        }
    }

    /** Makes trouble, and waits until the capture has got over it: by itself, or by a new start. */
    private Result trouble(Duration delay, Trouble trouble) throws InterruptedException, SQLException {
        Duration ready = stage.instances().ready();
        Thread.sleep(delay.toMillis());
        int exits = stage.instances().exits().size();
        trouble.make();
        long from = System.nanoTime();
        drain();
        int ended = stage.instances().exits().size() - exits;
        return new Result(
                true,
                ready,
                "delivers again after "
                        + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms, "
                        + (ended == 0 ? "by itself" : "started again " + ended + " times"));
    }

    private void crashPostgres() throws InterruptedException {
        long backend = stage.database()
                .anyBackend()
                .orElseThrow(() -> new ChaosException("Postgres has no session to crash with"));
        Signals.kill(backend);
        if (!Waiting.until(Duration.ofMinutes(1), Duration.ofMillis(20), stage.database()::isUp)) {
            throw new ChaosException("Postgres did not come back after its crash");
        }
    }

    private void brokerAway() throws InterruptedException {
        stage.stack().stopBroker();
        Thread.sleep(BROKER_GONE.toMillis());
        stage.stack().startBroker();
    }

    private interface Trouble {
        void make() throws InterruptedException;
    }
}
