package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Fleet;
import io.gamestream.chaos.kit.Signals;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.chaos.payments.check.Recovery;
import io.gamestream.chaos.payments.load.Load;
import io.gamestream.chaos.payments.plan.Plan;
import io.gamestream.chaos.payments.plan.Plan.Planned;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.schemas.PaymentTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Carries the acts out, each at its time, several at once on different targets. */
final class Actor {

    /** At once; more would only measure how slowly JVMs start side by side. */
    private static final int AT_ONCE = 2;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(60);

    private final Stage stage;
    private final Load load;
    private final Tail tail;
    private final Duration bound;
    private final RunListener listener;
    private final Map<Target, ReentrantLock> locks = new EnumMap<>(Target.class);
    private final UnderWay underWay = new UnderWay();
    private final List<Recovery> recoveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger instances = new AtomicInteger(1);
    private final AtomicLong lastBegan = new AtomicLong();

    /** @param bound within which whatever was killed has to work again */
    Actor(Stage stage, Load load, Tail tail, Duration bound, RunListener listener) {
        this.stage = stage;
        this.load = load;
        this.tail = tail;
        this.bound = bound;
        this.listener = listener;
        for (Target target : Target.values()) {
            locks.put(target, new ReentrantLock());
        }
    }

    /** Returns when all acts are over. */
    List<Recovery> perform(Plan plan, long startNanos) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> acts = new ArrayList<>();
        for (Planned planned : plan.acts()) {
            acts.add(threads.submit(() -> {
                perform(planned, startNanos);
                return null;
            }));
        }
        threads.shutdown();
        try {
            for (Future<?> act : acts) {
                act.get();
            }
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw new ChaosException("an act failed: " + e.getCause(), e);
        }
        return recoveries;
    }

    /** When the last act began, since the load did. */
    Duration lastBegan() {
        return Duration.ofNanos(lastBegan.get());
    }

    private void perform(Planned planned, long startNanos) throws InterruptedException {
        long wait = planned.at().toNanos() - (System.nanoTime() - startNanos);
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        ReentrantLock lock = Objects.requireNonNull(locks.get(planned.target()));
        lock.lock();
        try {
            long now = System.nanoTime();
            lastBegan.accumulateAndGet(now - startNanos, Math::max);
            underWay.begin(planned.target(), now);
            Duration took = perform(planned);
            listener.acted(planned, took);
        } finally {
            lock.unlock();
        }
    }

    private Duration perform(Planned planned) throws InterruptedException {
        if (planned.target() == Target.BROKER) {
            return onBroker(planned);
        }
        Fleet<Target> fleet = stage.fleet();
        ServiceInstance instance = fleet.revived(planned.target());
        long began = System.nanoTime();
        Harm harm =
                switch (planned.act()) {
                    case KILL -> {
                        instance.kill();
                        Harm dead = Harm.since(began);
                        fleet.start(planned.target());
                        yield dead;
                    }
                    case RESTART -> {
                        instance.close();
                        Harm stopped = Harm.now();
                        fleet.start(planned.target());
                        yield stopped;
                    }
                    case PAUSE -> {
                        Signals.freeze(List.of(instance.pid()), planned.pause());
                        yield Harm.now();
                    }
                    case ZOMBIE -> {
                        zombie(planned, instance);
                        yield Harm.since(began);
                    }
                };
        fleet.awaitReady(planned.target());
        underWay.end(planned.target(), System.nanoTime());
        return recovered(planned, harm);
    }

    private Duration onBroker(Planned planned) throws InterruptedException {
        long began = System.nanoTime();
        Harm harm =
                switch (planned.act()) {
                    case KILL -> {
                        stage.broker().kill();
                        Harm dead = Harm.since(began);
                        stage.broker().startAgain();
                        yield dead;
                    }
                    case PAUSE, ZOMBIE -> {
                        Signals.freeze(List.of(stage.broker().pid()), planned.pause());
                        yield Harm.now();
                    }
                    case RESTART -> {
                        stage.broker().stop();
                        Harm stopped = Harm.now();
                        stage.broker().startAgain();
                        yield stopped;
                    }
                };
        stage.broker().awaitReady(Duration.ofMinutes(2));
        underWay.end(Target.BROKER, System.nanoTime());
        return recovered(planned, harm);
    }

    /** The first one sleeps with calls in its hands, a second one takes over, and the first one wakes up. */
    private void zombie(Planned planned, ServiceInstance first) throws InterruptedException {
        Signals.stop(first.pid());
        ServiceInstance second = stage.fleet().another(planned.target(), instances.incrementAndGet());
        Waiting.until(TAKEN_OVER_WITHIN, LOOK_EVERY, second::isReady);
        Thread.sleep(planned.pause().toMillis());
        Signals.resume(first.pid());
        // What it does until it notices is the point; afterwards one of the two is enough.
        Thread.sleep(planned.pause().toMillis());
        first.close();
    }

    private Duration recovered(Planned planned, Harm harm) throws InterruptedException {
        BooleanSupplier works = works(planned.target(), harm);
        boolean again = Waiting.until(
                bound.multipliedBy(3),
                LOOK_EVERY,
                () -> isUp(planned.target()) && (works.getAsBoolean() || load.open() == 0));
        long now = System.nanoTime();
        Duration took = Duration.ofNanos(now - harm.from());
        // While another target is away as well, nothing may reach this one: that time doesn't count.
        Duration counted = underWay.alone(planned.target(), harm.from(), now);
        boolean isLate = !again || counted.compareTo(bound) > 0;
        // When no order is left to go on with, only what was late tells something.
        if (works.getAsBoolean() || isLate) {
            recoveries.add(new Recovery(planned.number() + ": " + planned, again ? counted : took, bound));
        }
        return took;
    }

    /**
     * Whether its process is there; started again where it isn't, as everywhere else: a worker ends itself when another one fences
     * it, and a zombie that wakes up as the broker comes back may fence its successor.
     */
    private boolean isUp(Target target) {
        return target == Target.BROKER || stage.fleet().revived(target).isAlive();
    }

    /** Whether it has done something since that only it does. What the dead one had done may be seen only now. */
    private BooleanSupplier works(Target target, Harm harm) {
        return switch (target) {
            case GATEWAY -> () -> load.hasAccepted(harm.overNanos());
            case WORKER -> () -> tail.hasNewer(PaymentTopics.PSP_RESULTS.name(), harm.overMillis());
            case SAGA, BROKER -> () -> tail.hasNewer(PaymentTopics.JOURNAL.name(), harm.overMillis());
            case CDC -> () -> tail.hasNewer(PaymentTopics.ORDER_COMMANDS.name(), harm.overMillis());
        };
    }

    /**
     * When something was done to a target, by the clock of this process and by that of records.
     *
     * @param from when it began to be away, as its bound counts
     * @param overMillis when it was dead, or no longer frozen: whatever was made later was made by what works again
     * @param overNanos the same moment
     */
    private record Harm(long from, long overMillis, long overNanos) {

        static Harm since(long from) {
            return new Harm(from, System.currentTimeMillis(), System.nanoTime());
        }

        static Harm now() {
            return since(System.nanoTime());
        }
    }
}
