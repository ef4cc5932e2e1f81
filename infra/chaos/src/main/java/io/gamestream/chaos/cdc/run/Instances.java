package io.gamestream.chaos.cdc.run;

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

    private final CdcLauncher launcher;
    private final List<String> exits = new ArrayList<>();
    private @Nullable CdcProcess current;

    Instances(CdcLauncher launcher) {
        this.launcher = launcher;
    }

    /** The running one; started where there is none. */
    CdcProcess running() {
        CdcProcess process = current;
        if (process != null && process.isAlive()) {
            return process;
        }
        if (process != null) {
            exits.add("ended by itself with status " + process.exitStatus() + ":\n" + process.lastWords());
            process.close();
        }
        process = launcher.start();
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
            CdcProcess process = running();
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
        CdcProcess process = current;
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
    CdcProcess another() {
        return launcher.start();
    }

    /** From now on that one is meant to work. */
    void replaceBy(CdcProcess process) {
        current = process;
    }

    /** Of those that ended unasked. */
    List<String> exits() {
        return exits;
    }

    /** Asks the running one to leave; returns its exit status. */
    int leave() {
        CdcProcess process = Objects.requireNonNull(current, "no instance runs");
        process.close();
        current = null;
        return process.exitStatus();
    }

    @Override
    public void close() {
        CdcProcess process = current;
        if (process != null) {
            process.kill();
        }
    }
}
