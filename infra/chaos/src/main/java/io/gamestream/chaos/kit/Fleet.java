package io.gamestream.chaos.kit;

import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.ServiceTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * The services that are killed, each member with one instance that is meant to work. Acts on one member come one after the other.
 *
 * @param <T> whoever can be killed
 */
public final class Fleet<T extends Fleet.Member> implements AutoCloseable {

    /** One that is meant to work. */
    public interface Member {

        /** As the table of services has it. */
        String service();

        /** Of this one among all of the service; the service's own, where there is one only. */
        default String instance() {
            return service();
        }
    }

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ServiceStage services;
    private final BiFunction<T, ServiceSpec, ServiceSpec> changed;
    private final Map<T, ServiceInstance> running = new HashMap<>();
    private final List<String> exits = new CopyOnWriteArrayList<>();
    private final List<String> settings;

    /**
     * Nothing runs yet.
     *
     * @param changed how each service is started otherwise than the table has it
     */
    public Fleet(ServiceStage services, List<String> settings, BiFunction<T, ServiceSpec, ServiceSpec> changed) {
        this.services = services;
        this.settings = settings;
        this.changed = changed;
    }

    public synchronized ServiceInstance start(T target) {
        return start(target, target.instance());
    }

    /** One more, beside the one that is meant to work, and in its place from now on. */
    public synchronized ServiceInstance another(T target, int number) {
        return start(target, target.instance() + "-" + number);
    }

    private ServiceInstance start(T target, String name) {
        String[] arguments = settings.stream()
                .flatMap(setting -> List.of("--set", setting).stream())
                .toArray(String[]::new);
        ServiceInstance instance =
                services.start(changed.apply(target, ServiceTable.of(target.service())), name, arguments);
        running.put(target, instance);
        return instance;
    }

    public synchronized ServiceInstance of(T target) {
        ServiceInstance instance = running.get(target);
        if (instance == null) {
            throw new ChaosException(target.instance() + " was never started");
        }
        return instance;
    }

    /** The one that is meant to work; started again where it has ended by itself. */
    public synchronized ServiceInstance revived(T target) {
        ServiceInstance instance = of(target);
        if (!instance.isAlive()) {
            exits.add(target.instance() + " ended by itself with status " + instance.exitStatus() + ":\n"
                    + instance.lastWords());
            instance.close();
            return start(target);
        }
        return instance;
    }

    /** Returns when the service says that it is ready. */
    public void awaitReady(T target) throws InterruptedException {
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (!Waiting.until(
                Duration.ofSeconds(1), LOOK_EVERY, () -> of(target).isReady())) {
            ServiceInstance instance = revived(target);
            if (System.nanoTime() > until) {
                throw new ChaosException(target.instance() + " was not ready within " + READY_WITHIN.toSeconds()
                        + " s:\n" + instance.lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    /** Of all members: what they need to come back fast. */
    public synchronized List<ClassArchive> classArchives() {
        return running.values().stream().map(ServiceInstance::classArchive).toList();
    }

    /** Of those that ended unasked. */
    public List<String> exits() {
        return exits;
    }

    @Override
    public synchronized void close() {
        running.values().parallelStream().forEach(ServiceInstance::close);
    }
}
