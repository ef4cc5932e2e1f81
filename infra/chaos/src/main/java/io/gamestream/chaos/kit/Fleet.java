package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.ServiceTable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** The services that are killed, each with one instance that is meant to work. Acts on one service come one after the other. */
final class Fleet implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ServiceStage services;
    private final BiFunction<Target, ServiceSpec, ServiceSpec> changed;
    private final Map<Target, ServiceInstance> running = new EnumMap<>(Target.class);
    private final List<String> exits = new CopyOnWriteArrayList<>();
    private final List<String> settings;

    /**
     * Nothing runs yet.
     *
     * @param changed how each service is started otherwise than the table has it
     */
    Fleet(ServiceStage services, List<String> settings, BiFunction<Target, ServiceSpec, ServiceSpec> changed) {
        this.services = services;
        this.settings = settings;
        this.changed = changed;
    }

    synchronized ServiceInstance start(Target target) {
        return start(target, target.service());
    }

    /** One more, beside the one that is meant to work, and in its place from now on. */
    synchronized ServiceInstance another(Target target, int number) {
        return start(target, target.service() + "-" + number);
    }

    private ServiceInstance start(Target target, String name) {
        String[] arguments = settings.stream()
                .flatMap(setting -> List.of("--set", setting).stream())
                .toArray(String[]::new);
        ServiceInstance instance =
                services.start(changed.apply(target, ServiceTable.of(target.service())), name, arguments);
        running.put(target, instance);
        return instance;
    }

    synchronized ServiceInstance of(Target target) {
        ServiceInstance instance = running.get(target);
        if (instance == null) {
            throw new ChaosException(target.service() + " was never started");
        }
        return instance;
    }

    /** The one that is meant to work; started again where it has ended by itself. */
    synchronized ServiceInstance revived(Target target) {
        ServiceInstance instance = of(target);
        if (!instance.isAlive()) {
            exits.add(target.service() + " ended by itself with status " + instance.exitStatus() + ":\n"
                    + instance.lastWords());
            instance.close();
            return start(target);
        }
        return instance;
    }

    /** Returns when the service says that it is ready. */
    void awaitReady(Target target) throws InterruptedException {
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (!Waiting.until(
                Duration.ofSeconds(1), LOOK_EVERY, () -> of(target).isReady())) {
            ServiceInstance instance = revived(target);
            if (System.nanoTime() > until) {
                throw new ChaosException(target.service() + " was not ready within " + READY_WITHIN.toSeconds()
                        + " s:\n" + instance.lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    /** Of those that ended unasked. */
    List<String> exits() {
        return exits;
    }

    @Override
    public synchronized void close() {
        running.values().parallelStream().forEach(ServiceInstance::close);
    }
}
