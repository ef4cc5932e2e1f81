package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.payments.check.Evidence;
import io.gamestream.chaos.payments.check.Recovery;
import io.gamestream.chaos.payments.check.Settlement;
import io.gamestream.chaos.payments.check.Verdict;
import io.gamestream.chaos.payments.load.Load;
import io.gamestream.chaos.payments.load.Shop;
import io.gamestream.chaos.payments.plan.Plan;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.chaos.payments.plant.Bug;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run: start, load and acts at the same time, healing, quiet, replays, a rebuild, checks. */
public final class PaymentsRun {

    /** Longer than an order's tries and reads go on for ({@link Haste}): those that meet it are parked, and have to be replayed. */
    static final Duration OUTAGE = Duration.ofSeconds(210);

    /** After the time in which webhooks are lost: whoever came then has paid by now. */
    private static final Duration UNTIL_OUTAGE = Duration.ofSeconds(10);

    static final Duration LONG_ENOUGH_FOR_AN_OUTAGE = Duration.ofMinutes(5);

    /** Fewer starts than these take less time than the archives that make them faster. */
    private static final int WORTH_ARCHIVES = 16;

    private final Options options;
    private final RunListener listener;

    /**
     * What is run.
     *
     * @param within how long the load lasts
     * @param quietWithin how long the end may take to come to rest; more is a finding
     * @param bound within which whatever was killed has to work again
     * @param home the project's directory, where the services are built
     * @param dataDir empty or missing; everything is kept below it
     */
    public record Options(
            long seed,
            int orders,
            Plan plan,
            Duration within,
            Duration quietWithin,
            Duration bound,
            @Nullable Bug bug,
            Path home,
            Path dataDir) {}

    public PaymentsRun(Options options, RunListener listener) {
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
        try (Stage stage = new Stage(options.home(), options.dataDir(), options.seed(), options.bug())) {
            Shop shop = new Shop(stage.postgres());
            shop.fill();
            stage.start();
            if (options.plan().acts().size() >= WORTH_ARCHIVES) {
                listener.phase("making the class archives that are missing");
                stage.archiveClasses();
            }
            stage.sim().misbehave();
            try (Load load = stage.load(options.seed(), options.orders(), options.within());
                    Tail tail = new Tail(stage.reader())) {
                tail.start();
                return play(stage, shop, load, tail, from);
            }
        } catch (SQLException e) {
            throw new ChaosException("the database refused: " + e.getMessage(), e);
        }
    }

    private Outcome play(Stage stage, Shop shop, Load load, Tail tail, long from)
            throws InterruptedException, SQLException {
        listener.phase("stack and services are ready after " + seconds(from) + " s");
        long began = System.nanoTime();
        load.start();
        Actor actor = new Actor(stage, load, tail, options.bound(), listener);
        List<Recovery> recoveries;
        ScheduledExecutorService silence = Executors.newSingleThreadScheduledExecutor();
        try {
            at(silence, Load.silentFrom(), () -> stage.sim().loseWebhooks());
            at(silence, Load.silentTo(), () -> stage.sim().loseSomeWebhooks());
            if (options.within().compareTo(LONG_ENOUGH_FOR_AN_OUTAGE) >= 0) {
                Duration away = outageFrom(options.within());
                after(silence, away, () -> stage.sim().goAway());
                after(silence, away.plus(OUTAGE), () -> stage.sim().comeBack());
            }
            recoveries = actor.perform(options.plan(), began);
            long left = options.within().toNanos() - (System.nanoTime() - began);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
        } finally {
            silence.shutdownNow();
        }
        stage.sim().heal();
        for (Target target : Target.values()) {
            if (target != Target.BROKER) {
                stage.fleet().awaitReady(target);
            }
        }
        Settlement settlement = new Ending(stage, load, tail, options.quietWithin(), listener).settle();
        listener.phase("reading everything back");
        Evidence evidence = new Collector(stage).collect(tail.seen());
        evidence.placed.addAll(shop.orders());
        evidence.exchanges.addAll(load.exchanges());
        evidence.recoveries.addAll(recoveries);
        evidence.settlement = settlement;
        evidence.secrets.addAll(new Secrets(stage).find());
        Map<String, Long> numbers = Numbers.of(evidence, options.plan());
        numbers.put(Numbers.LAST_ACT, actor.lastBegan().toSeconds());
        return new Outcome(
                options.seed(),
                options.bug(),
                Verdict.of(evidence),
                numbers,
                Numbers.complaints(numbers, options.orders(), options.plan(), options.within()),
                stage.fleet().exits(),
                Duration.ofNanos(System.nanoTime() - from));
    }

    /** When the PSP goes away, since the load began. */
    static Duration outageFrom(Duration within) {
        return share(within, Load.silentTo()).plus(UNTIL_OUTAGE);
    }

    private static Duration share(Duration within, double share) {
        return Duration.ofMillis((long) (within.toMillis() * share));
    }

    private void at(ScheduledExecutorService clock, double share, Runnable work) {
        after(clock, share(options.within(), share), work);
    }

    private static void after(ScheduledExecutorService clock, Duration wait, Runnable work) {
        Future<?> unused = clock.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static long seconds(long from) {
        return Duration.ofNanos(System.nanoTime() - from).toSeconds();
    }
}
