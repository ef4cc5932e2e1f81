package io.gamestream.local.service;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.LogTail;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps one service running, until it is closed. */
final class SupervisedService implements AutoCloseable {

    private static final int TAIL_LINES = 8;

    /** SIGABRT, by which a JVM ends itself after an error of its own. */
    private static final int JVM_CRASHED = 134;

    private final ChildProcess.Spec spec;
    private final ClassArchive archive;
    private final WhenItDies whenItDies;
    private final Consumer<String> problems;
    private final Object lock = new Object();
    private RestartPolicy policy = RestartPolicy.fresh();
    private @Nullable ChildProcess process;
    private long startedAt;
    private int restarts;
    private boolean closed;

    /** @param problems is told about deaths, in words for the user */
    SupervisedService(ChildProcess.Spec spec, ClassArchive archive, WhenItDies whenItDies, Consumer<String> problems) {
        this.spec = spec;
        this.archive = archive;
        this.whenItDies = whenItDies;
        this.problems = problems;
    }

    void start() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            try {
                startedAt = System.nanoTime();
                ChildProcess started = ChildProcess.start(spec);
                process = started;
                started.whenEnded(this::died);
            } catch (IOException e) {
                policy = policy.died(Duration.ZERO);
                if (policy.quickDeaths() == 1 || policy.tellsUser()) {
                    problems.accept(spec.name() + " can't be started: " + e.getMessage());
                }
                startAgainLater();
            }
        }
    }

    private void startAgainLater() {
        if (whenItDies == WhenItDies.START_AGAIN) {
            CompletableFuture.delayedExecutor(policy.pause().toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::start);
        }
    }

    String name() {
        return spec.name();
    }

    ClassArchive classArchive() {
        return archive;
    }

    /** The one that runs, or that ran last; null where none could be started. */
    @Nullable
    ChildProcess process() {
        synchronized (lock) {
            return process;
        }
    }

    int restarts() {
        synchronized (lock) {
            return restarts;
        }
    }

    /** From now on; it runs as long as it lives. */
    void startNoneAgain() {
        synchronized (lock) {
            closed = true;
        }
    }

    @Override
    public void close() {
        startNoneAgain();
        ChildProcess running = process();
        if (running != null) {
            running.close();
        }
    }

    private void died(int status) {
        if (status == JVM_CRASHED) {
            discardArchive();
        }
        synchronized (lock) {
            if (closed || whenItDies == WhenItDies.LEAVE_IT) {
                return;
            }
            restarts++;
            policy = policy.died(Duration.ofNanos(System.nanoTime() - startedAt));
            tell(status);
            startAgainLater();
        }
    }

    /** It may be the cause; a JVM that doesn't find its archive starts without. */
    private void discardArchive() {
        try {
            archive.discard();
        } catch (IOException e) {
            problems.accept(
                    archive.archive() + " may have made " + spec.name() + " crash; delete it: " + e.getMessage());
        }
    }

    private void tell(int status) {
        if (policy.tellsUser()) {
            problems.accept(spec.name() + " has died " + policy.quickDeaths() + " times in a row (exit status " + status
                    + "); tried again every " + policy.pause().toSeconds() + " s. The end of " + spec.log() + ":\n"
                    + LogTail.of(spec.log(), TAIL_LINES));
        } else if (policy.quickDeaths() == 1) {
            problems.accept(spec.name() + " has died (exit status " + status + ") and is started again");
        }
    }
}
