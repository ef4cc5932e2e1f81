package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The instance of the capture that is meant to work, and those before it. */
final class Instances implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int ATTEMPTS = 5;
    private static final String SERVICE = "cdc";

    private final ServiceStage services;
    private final List<String> exits = new ArrayList<>();
    private @Nullable ServiceInstance current;
    private int started;

    Instances(ServiceStage services) {
        this.services = services;
    }

    /** The running one; started where there is none. */
    ServiceInstance running() {
        ServiceInstance process = current;
        if (process != null && process.isAlive()) {
            return process;
        }
        if (process != null) {
            exits.add("ended by itself with status " + process.exitStatus() + ":\n" + process.lastWords());
            process.close();
        }
        process = startOne();
        current = process;
        return process;
    }

    /**
     * Returns when the running one says that it captures.
     *
     * @return how long it took since its start
     * @throws ChaosException where it does not, however often it is started
     */
    Duration ready() throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ServiceInstance process = running();
            boolean decided = Waiting.until(READY_WITHIN, LOOK_EVERY, () -> process.isReady() || !process.isAlive());
            if (decided && process.isAlive()) {
                return process.age();
            }
            if (!decided) {
                throw new ChaosException(
                        "the capture was not ready within " + READY_WITHIN.toSeconds() + " s:\n" + process.lastWords());
            }
        }
        throw new ChaosException(
                "the capture ended by itself " + ATTEMPTS + " times in a row:\n" + exits.get(exits.size() - 1));
    }

    /** Kills the running one; false where there was none. */
    boolean kill() {
        ServiceInstance process = current;
        boolean alive = process != null && process.isAlive();
        if (process != null) {
            if (!alive) {
                exits.add("ended by itself with status " + process.exitStatus() + ":\n" + process.lastWords());
            }
            process.kill();
        }
        current = null;
        return alive;
    }

    /** One more, beside the running one. */
    ServiceInstance another() {
        return startOne();
    }

    private ServiceInstance startOne() {
        return services.start(SERVICE, SERVICE + "-" + ++started);
    }

    /** From now on that one is meant to work. */
    void replaceBy(ServiceInstance process) {
        current = process;
    }

    /** Of those that ended unasked. */
    List<String> exits() {
        return exits;
    }

    /** Asks the running one to leave; returns its exit status. */
    int leave() {
        ServiceInstance process = Objects.requireNonNull(current, "no instance runs");
        process.close();
        current = null;
        return process.exitStatus();
    }

    @Override
    public void close() {
        ServiceInstance process = current;
        if (process != null) {
            process.kill();
        }
    }
}
